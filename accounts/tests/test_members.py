"""Joining a legal entity: who is confirmed by whom, and who sees what until then."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from accounts.factories import MembershipFactory, OrganisationFactory, UserFactory
from accounts.mail_domains import hidden, same_domain
from accounts.members.actions import (
    accept_invitation,
    accept_member,
    add_first_member,
    confirm_membership,
    invite_member,
    refuse_member,
    remove_member,
    request_to_join,
    withdraw_invitation,
)
from accounts.models import Invitation, Membership, MembershipRole
from candidates.factories import CandidateFactory
from core.models import OutgoingMessage
from core.rules import RuleBroken
from tests.race import overlapping

pytestmark = pytest.mark.django_db
MANAGER, MEMBER = MembershipRole.MANAGER, MembershipRole.MEMBER


class TestFirstMember:
    def test_manages_but_is_not_confirmed(self):
        membership = add_first_member(OrganisationFactory(), UserFactory())
        assert membership.role == MANAGER
        assert membership.is_active
        assert membership.confirmed_at is None

    def test_is_confirmed_by_the_mail_domain_of_the_published_address(self):
        organisation = OrganisationFactory(published_email="contact@atelier.example")
        membership = add_first_member(organisation, UserFactory(email="lea@atelier.example"))
        assert membership.confirmed_by == Membership.ConfirmedBy.MAIL_DOMAIN

    def test_is_not_confirmed_by_a_provider_open_to_all(self):
        organisation = OrganisationFactory(published_email="atelier@orange.fr")
        assert not add_first_member(organisation, UserFactory(email="lea@orange.fr")).confirmed_at

    def test_comes_once(self):
        membership = MembershipFactory(unconfirmed=True)
        with pytest.raises(RuleBroken, match="demandez à le rejoindre"):
            add_first_member(membership.organisation, UserFactory())

    def test_may_come_after_everybody_left_but_is_checked_again(self):
        former = MembershipFactory(former=True)
        membership = add_first_member(former.organisation, former.user)
        assert membership.pk == former.pk
        assert membership.confirmed_at is None

    def test_is_never_a_candidate(self):
        with pytest.raises(RuleBroken, match="adresse professionnelle"):
            add_first_member(OrganisationFactory(), CandidateFactory().user)

    @pytest.mark.django_db(transaction=True)
    def test_two_at_once_are_not_both_first(self):
        organisation, one, other = OrganisationFactory(), UserFactory(), UserFactory()
        outcome = overlapping(
            lambda: add_first_member(organisation, one),
            lambda: add_first_member(organisation, other),
        )
        assert outcome == "refused"
        assert organisation.memberships.get().user == one


class TestConfirm:
    def test_says_when_and_by_whom_and_tells_the_member(self):
        membership = MembershipFactory(unconfirmed=True)
        confirm_membership(membership, by=UserFactory(agent=True))
        assert membership.confirmed_by == Membership.ConfirmedBy.AGENT
        assert Membership.objects.confirmed().get() == membership
        assert OutgoingMessage.objects.get().to == membership.user.email

    @pytest.mark.parametrize("standing", [{}, {"former": True, "unconfirmed": True}])
    def test_is_for_active_members_once(self, standing):
        with pytest.raises(RuleBroken):
            confirm_membership(MembershipFactory(**standing), by=UserFactory(agent=True))
        assert not OutgoingMessage.objects.exists()


class TestRequestToJoin:
    def test_opens_nothing_and_tells_the_managers(self):
        manager = MembershipFactory()
        MembershipFactory(organisation=manager.organisation, role=MEMBER)
        asking = request_to_join(manager.organisation, by=UserFactory(email="ami@example.org"))
        assert not asking.is_active
        assert Membership.objects.asking().get() == asking
        message = OutgoingMessage.objects.get()
        assert message.to == manager.user.email
        assert message.context["email"] == "ami@example.org"

    @pytest.mark.parametrize("twice", ["asking", "member"])
    def test_is_said_once(self, twice):
        user, manager = UserFactory(), MembershipFactory()
        if twice == "asking":
            request_to_join(manager.organisation, by=user)
        else:
            user = manager.user
        with pytest.raises(RuleBroken, match="déjà"):
            request_to_join(manager.organisation, by=user)

    def test_may_be_said_again_after_a_refusal(self):
        manager, user = MembershipFactory(), UserFactory()
        asking = request_to_join(manager.organisation, by=user)
        refuse_member(asking, by=manager.user)
        assert not Membership.objects.asking().exists()
        assert request_to_join(manager.organisation, by=user) == asking

    def test_of_someone_who_left_starts_from_nothing(self):
        manager = MembershipFactory()
        former = MembershipFactory(organisation=manager.organisation, former=True)
        asking = request_to_join(manager.organisation, by=former.user)
        assert (asking.role, asking.confirmed_at, asking.is_active) == (MEMBER, None, False)

    def test_is_not_for_candidates(self):
        with pytest.raises(RuleBroken, match="adresse professionnelle"):
            request_to_join(MembershipFactory().organisation, by=CandidateFactory().user)


class TestAnswer:
    @pytest.fixture
    def manager(self):
        return MembershipFactory()

    @pytest.fixture
    def asking(self, manager):
        return request_to_join(manager.organisation, by=UserFactory())

    def test_yes_confirms(self, manager, asking):
        accept_member(asking, by=manager.user)
        assert asking in Membership.objects.confirmed()
        assert asking.confirmed_by == Membership.ConfirmedBy.MANAGER

    def test_is_the_same_for_everybody_only_once(self, manager, asking):
        accept_member(asking, by=manager.user)
        for action in (accept_member, refuse_member):
            with pytest.raises(RuleBroken, match="déjà eu une réponse"):
                action(asking, by=manager.user)
        asking.refresh_from_db()
        assert asking.is_active

    @pytest.mark.parametrize("standing", [{"role": MEMBER}, {"unconfirmed": True}, {"former": True}], ids=str)
    @pytest.mark.parametrize("action", [accept_member, refuse_member])
    def test_is_given_by_a_confirmed_manager(self, asking, action, standing):
        other = MembershipFactory(organisation=asking.organisation, **standing)
        with pytest.raises(RuleBroken, match="responsable"):
            action(asking, by=other.user)

    def test_is_not_given_by_another_company(self, asking):
        with pytest.raises(RuleBroken, match="responsable"):
            accept_member(asking, by=MembershipFactory().user)

    def test_does_not_let_one_accept_oneself(self, asking):
        with pytest.raises(RuleBroken, match="responsable"):
            accept_member(asking, by=asking.user)


class TestInvitation:
    @pytest.fixture
    def manager(self):
        return MembershipFactory(user__first_name="Ana", user__last_name="Weber")

    @pytest.fixture
    def invite(self, manager):
        def invite(email="ami@example.org", **kwargs):
            kwargs = {"role": MEMBER, "by": manager.user} | kwargs
            return invite_member(manager.organisation, email=email, **kwargs)

        return invite

    def test_leads_to_a_confirmed_member(self, invite):
        invitation = invite("Ami@Example.org")
        membership = accept_invitation(invitation, by=UserFactory(email="ami@example.org"))
        assert membership in Membership.objects.confirmed()
        assert membership.role == MEMBER

    def test_mail_has_the_link_and_the_name_of_who_invites(self, invite, commit, mailoutbox):
        with commit():
            invitation = invite()
        [mail] = mailoutbox
        assert mail.subject == "Ana Weber vous invite à rejoindre L’Atelier & Fils"
        assert f"/invitation/{invitation.token}/" in mail.body

    def test_is_for_that_address_only(self, invite):
        with pytest.raises(RuleBroken, match="une autre adresse"):
            accept_invitation(invite(), by=UserFactory())

    def test_serves_once(self, invite, client):
        user = UserFactory(email="ami@example.org")
        invitation = invite()
        membership = accept_invitation(invitation, by=user)
        mailed = f"/invitation/{invitation.token}/"  # Opened a second time: it is not a page lost.
        assert client.get(mailed).url == "/connexion/"
        client.force_login(user)
        assert client.get(mailed).status_code == 302
        Membership.objects.filter(pk=membership.pk).update(is_active=False)
        with pytest.raises(RuleBroken, match="ne peut plus servir"):
            accept_invitation(invitation, by=user)

    def test_lasts_a_fortnight_then_may_be_sent_again(self, invite):
        invitation = invite()
        with time_machine.travel(timezone.now() + dt.timedelta(days=15), tick=False):
            with pytest.raises(RuleBroken, match="ne peut plus servir"):
                accept_invitation(invitation, by=UserFactory(email="ami@example.org"))
            invite()
            assert Invitation.objects.open().count() == 1

    def test_may_be_taken_back(self, invite, manager):
        invitation = invite()
        withdraw_invitation(invitation, by=manager.user)
        with pytest.raises(RuleBroken, match="ne peut plus servir"):
            accept_invitation(invitation, by=UserFactory(email="ami@example.org"))

    def test_is_not_sent_twice(self, invite):
        invite()
        with pytest.raises(RuleBroken, match="déjà une invitation"):
            invite()

    def test_says_the_same_whether_the_address_is_a_jobseeker_s_or_nobody_s(self, invite):
        candidate = CandidateFactory()
        invitation = invite(candidate.user.email)
        with pytest.raises(RuleBroken, match="adresse professionnelle"):
            accept_invitation(invitation, by=candidate.user)

    @pytest.mark.parametrize("standing", [{"role": MEMBER}, {"unconfirmed": True}], ids=str)
    def test_is_sent_by_a_confirmed_manager(self, invite, manager, standing):
        other = MembershipFactory(organisation=manager.organisation, **standing)
        with pytest.raises(RuleBroken, match="responsable"):
            invite(by=other.user)
        assert not Invitation.objects.exists()


class TestRemove:
    def test_a_manager_removes_a_colleague(self):
        manager = MembershipFactory()
        colleague = MembershipFactory(organisation=manager.organisation, role=MEMBER)
        remove_member(colleague, by=manager.user)
        assert list(Membership.objects.confirmed()) == [manager]

    def test_anybody_may_leave(self):
        colleague = MembershipFactory(organisation=MembershipFactory().organisation, role=MEMBER)
        remove_member(colleague, by=colleague.user)
        assert not colleague.is_active

    def test_a_colleague_removes_nobody_else(self):
        manager = MembershipFactory()
        colleague = MembershipFactory(organisation=manager.organisation, role=MEMBER)
        with pytest.raises(RuleBroken, match="responsable"):
            remove_member(manager, by=colleague.user)

    def test_the_last_manager_stays_while_others_do(self):
        manager = MembershipFactory()
        MembershipFactory(organisation=manager.organisation, role=MEMBER)
        with pytest.raises(RuleBroken, match="doit rester"):
            remove_member(manager, by=manager.user)

    @pytest.mark.django_db(transaction=True)
    def test_two_last_managers_do_not_leave_at_once(self):
        one = MembershipFactory()
        other = MembershipFactory(organisation=one.organisation)
        MembershipFactory(organisation=one.organisation, role=MEMBER)
        outcome = overlapping(
            lambda: remove_member(one, by=one.user), lambda: remove_member(other, by=other.user)
        )
        assert outcome == "refused"


@pytest.mark.parametrize(
    ("email", "published", "same"),
    [
        ("lea@atelier.example", "contact@ATELIER.example", True),
        ("lea@atelier.example", "contact@autre.example", False),
        ("lea@sous.atelier.example", "contact@atelier.example", False),
        ("lea@gmail.com", "atelier@gmail.com", False),
        ("lea@wanadoo.fr", "atelier@wanadoo.fr", False),
        ("lea@atelier.example", "", False),
    ],
)
def test_a_mail_domain_proves_only_what_it_can(email, published, same):
    assert same_domain(email, published) is same


def test_a_published_address_is_shown_to_who_knows_it():
    assert hidden("contact@atelier.example") == "c…t@atelier.example"
    assert hidden("") == ""
