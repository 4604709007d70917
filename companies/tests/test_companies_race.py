"""Two people of the same company at once."""

import pytest

from accounts.factories import MembershipFactory, OrganisationFactory, UserFactory
from accounts.members import actions as members
from accounts.models import Invitation, Membership, Organisation
from companies.actions import confirm_member, register_company, request_to_join
from companies.factories import CompanyFactory
from companies.models import Company
from core.models import OutgoingMessage
from territories.factories import CommuneFactory
from territories.geo import Place
from tests.race import overlapping

pytestmark = pytest.mark.django_db(transaction=True)
SIRET = "35600000000048"  # La Poste.


def registering(by, commune):
    return lambda: register_company(
        by=by, siret=SIRET, name="La Poste", address="1 rue", postcode="57000", commune=commune,
        place=Place.of_commune(commune),
    )  # fmt: skip


def test_two_people_register_the_same_siret():
    commune = CommuneFactory()
    one, other = UserFactory(), UserFactory()
    assert overlapping(registering(one, commune), registering(other, commune)) == "refused"
    assert (Organisation.objects.count(), Company.objects.count()) == (1, 1)
    assert Membership.objects.get().user == one


def test_one_person_registers_twice():
    commune, by = CommuneFactory(), UserFactory()
    assert overlapping(registering(by, commune), registering(by, commune)) == "refused"
    assert Membership.objects.count() == 1


def test_one_person_asks_to_join_twice():
    company, by = CompanyFactory(), UserFactory()

    def ask():
        request_to_join(company.organisation, by=by)

    assert overlapping(ask, ask) == "refused"
    assert OutgoingMessage.objects.count() == 1


def test_two_managers_accept_the_same_colleague():
    company = CompanyFactory()
    managers = [company.confirmed_members().get()]
    managers.append(MembershipFactory(organisation=company.organisation).user)
    asking = request_to_join(company.organisation, by=UserFactory())
    OutgoingMessage.objects.all().delete()

    def accepting(by):
        return lambda: confirm_member(Membership.objects.get(pk=asking.pk), by=by)

    assert overlapping(accepting(managers[0]), accepting(managers[1])) == "refused"
    assert OutgoingMessage.objects.count() == 1


def test_the_two_last_managers_leave_at_once():
    organisation = OrganisationFactory()
    one, other = MembershipFactory(organisation=organisation), MembershipFactory(organisation=organisation)
    MembershipFactory(organisation=organisation, role="member")

    def leaving(membership):
        return lambda: members.remove_member(Membership.objects.get(pk=membership.pk), by=membership.user)

    assert overlapping(leaving(one), leaving(other)) == "refused"


def test_an_invitation_is_accepted_once():
    manager = MembershipFactory()
    user = UserFactory(email="collegue@example.org")
    invited = members.invite_member(manager.organisation, email=user.email, role="member", by=manager.user)

    def accept():
        members.accept_invitation(Invitation.objects.get(pk=invited.pk), by=user)

    assert overlapping(accept, accept) == "refused"
