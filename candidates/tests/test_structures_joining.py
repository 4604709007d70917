"""An advisor signs up by choosing their structure, proves it, and calls colleagues."""

import re

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.factories import MembershipFactory, OrganisationFactory, UserFactory, valid_siret
from accounts.models import Invitation, Membership, Organisation
from candidates.factories import CandidateFactory, FollowingFactory, SupportStructureFactory
from candidates.structures.joining import register_advisor
from candidates.structures.models import Following, SupportStructure
from companies.factories import CompanyFactory
from core.rules import RuleBroken
from territories.factories import CommuneFactory
from territories.members import confirm_member
from territories.models import AgentTask
from tests.race import overlapping

pytestmark = pytest.mark.django_db
SIRET = valid_siret(800_000)
CHOOSE = "/conseiller/inscription/"
TEAM = "/conseiller/equipe/"


@pytest.fixture
def user(client):
    user = UserFactory(email="sacha@structure.example")
    client.force_login(user)
    return user


@pytest.fixture
def structure():
    """Known from a file: nobody has opened its space."""
    return SupportStructureFactory(new=True, email="accueil@structure.example")


def page_of(structure):
    return reverse("structures:register", args=[structure.pk])


class TestArrival:
    def test_is_one_of_the_ways_in(self, client):
        assertContains(client.get("/inscription/"), "Conseiller ou conseillère")
        client.force_login(UserFactory())
        assertRedirects(client.post("/bienvenue/", {"qui": "advisor"}), CHOOSE)


class TestChoose:
    def test_finds_a_structure_by_name_town_or_code(self, client, user, structure):
        for words in ("trois clochers", "METZ", structure.external_code, "mission locale"):
            assertContains(client.get(CHOOSE, {"q": words}), page_of(structure))
        assertNotContains(client.get(CHOOSE, {"q": "zzz"}), page_of(structure))
        assertContains(client.get(CHOOSE, {"q": "zzz"}), "Écrivez-nous")

    def test_a_town_shows_what_is_around_it(self, client, user, structure):
        CommuneFactory(thionville=True)
        assertContains(client.get(CHOOSE, {"q": "Thionville"}), page_of(structure))

    def test_closed_ones_are_not_there(self, client, user):
        closed = SupportStructureFactory(is_open=False)
        assertNotContains(client.get(CHOOSE, {"q": "trois clochers"}), closed.name)
        assert client.get(page_of(closed)).status_code == 404


class TestRegister:
    def test_of_the_same_house_as_the_published_address_is_verified_at_once(self, client, user, structure):
        assertRedirects(client.post(page_of(structure), {"siret": SIRET}), "/conseiller/")
        assert SupportStructure.objects.trusting(user).get() == structure
        assert not AgentTask.objects.exists()

    def test_otherwise_sees_nobody_until_an_agent_confirms(self, client, user, structure):
        SupportStructure.objects.update(email="")
        FollowingFactory(structure=structure)
        assertRedirects(client.post(page_of(structure), {"siret": SIRET}), reverse("structures:verify"))
        assert not Following.objects.seen_by(user).exists()
        task = AgentTask.objects.filter(kind="confirm_membership").get()
        assert task.department_id == "57"
        confirm_member(Membership.objects.get(user=user), by=UserFactory(agent=True))
        assert Following.objects.seen_by(user).exists()
        task.refresh_from_db()
        assert task.done_at

    @pytest.mark.parametrize("siret", ["", "1234", "12345678900011"])
    def test_names_what_is_wrong_with_a_siret(self, client, user, structure, siret):
        assertContains(client.post(page_of(structure), {"siret": siret}), "Erreur")
        assert not Organisation.objects.exists()

    def test_never_with_the_legal_entity_of_somebody_else(self, client, user, structure):
        """A company's own members must not become the advisors of a public service."""
        company = CompanyFactory(member=user)
        for siret in (company.organisation.siret, OrganisationFactory().siret):
            response = client.post(page_of(structure), {"siret": siret})
            assertContains(response, "Écrivez-nous : un agent fait le lien")
        structure.refresh_from_db()
        assert structure.organisation is None
        assert not SupportStructure.objects.managed_by(user).exists()

    def test_a_second_one_asks_to_join(self, client, commit, mailoutbox):
        structure = SupportStructureFactory()
        manager = structure.confirmed_members().get()
        client.force_login(UserFactory())
        with commit():
            response = client.post(page_of(structure))
        assertRedirects(response, reverse("accounts:welcome"))
        [mail] = mailoutbox
        assert mail.to == [manager.email]
        assert TEAM in mail.body
        assertContains(client.get(page_of(structure)), "Votre demande est partie.")

    def test_where_nobody_is_confirmed_yet_an_agent_answers(self, structure):
        register_advisor(structure, by=UserFactory(), siret=SIRET)
        register_advisor(structure, by=UserFactory())
        assert AgentTask.objects.filter(kind="confirm_membership").count() == 2

    def test_is_not_for_candidates(self, structure):
        with pytest.raises(RuleBroken, match="chercher un emploi"):
            register_advisor(structure, by=CandidateFactory().user, siret=SIRET)

    @pytest.mark.django_db(transaction=True)
    def test_two_at_once_make_one_manager(self):
        structure = SupportStructureFactory(new=True)
        one, other = UserFactory(), UserFactory()

        def register(user, siret):
            register_advisor(SupportStructure.objects.get(pk=structure.pk), by=user, siret=siret)

        overlapping(lambda: register(one, SIRET), lambda: register(other, valid_siret(800_001)))
        structure.refresh_from_db()
        assert structure.organisation.siret == SIRET
        assert structure.organisation.memberships.active().get().user == one


class TestVerify:
    def test_by_the_code_sent_to_the_published_address(self, client, commit, mailoutbox):
        structure = SupportStructureFactory(organisation__published_email="accueil@structure.example")
        user = MembershipFactory(organisation=structure.organisation, unconfirmed=True).user
        client.force_login(user)
        assertContains(client.get("/conseiller/verification/"), "a…l@structure.example")
        with commit():
            client.post("/conseiller/verification/", {"structure": structure.pk})
        code = re.search(r"\b(\d{3} \d{3})\b", mailoutbox[0].body)[1]
        wrong = "000 000" if code != "000 000" else "111 111"
        assertContains(client.post("/conseiller/verification/code/", {"code": wrong}), "pas le bon")
        assertRedirects(client.post("/conseiller/verification/code/", {"code": code}), "/conseiller/")
        assert SupportStructure.objects.trusting(user).exists()

    @pytest.mark.parametrize("asked", ["abc", "-1", "9" * 30, "٣"])
    def test_of_a_structure_that_is_none_does_not_exist(self, client, asked):
        client.force_login(SupportStructureFactory().confirmed_members().get())
        assert client.get(TEAM, {"structure": asked}).status_code == 404

    def test_of_another_structure_does_not_exist(self, client):
        client.force_login(SupportStructureFactory().confirmed_members().get())
        assert client.get(TEAM, {"structure": SupportStructureFactory().pk}).status_code == 404


class TestTeam:
    @pytest.fixture
    def manager(self, client):
        manager = SupportStructureFactory().confirmed_members().get()
        client.force_login(manager)
        return manager

    def test_a_manager_invites_and_the_colleague_sees_people(self, client, manager, commit, mailoutbox):
        with commit():
            client.post(TEAM, {"email": "nora@structure.example", "role": "member"})
        assert mailoutbox[0].to == ["nora@structure.example"]
        colleague = UserFactory(email="nora@structure.example")
        client.force_login(colleague)
        client.post(reverse("accounts:invitation", args=[Invitation.objects.get().token]))
        assert SupportStructure.objects.trusting(colleague).exists()

    def test_accepts_who_asks(self, client, manager):
        structure = SupportStructure.objects.get()
        asking = register_advisor(structure, by=UserFactory(email="nora@structure.example"))
        assertContains(client.get(TEAM), "nora@structure.example")
        response = client.post(reverse("structures:member_accept", args=[asking.pk]), follow=True)
        assertContains(response, "Demande acceptée")
        assert SupportStructure.objects.trusting(asking.user).exists()

    def test_refuses_and_removes(self, client, manager):
        structure = SupportStructure.objects.get()
        asking = register_advisor(structure, by=UserFactory())
        colleague = MembershipFactory(organisation=structure.organisation, role="member")
        client.post(reverse("structures:member_refuse", args=[asking.pk]))
        client.post(reverse("structures:member_remove", args=[colleague.pk]))
        assert list(structure.confirmed_members()) == [manager]
        assert not SupportStructure.objects.managed_by(colleague.user).exists()

    def test_the_last_manager_stays_while_there_are_colleagues(self, client, manager):
        structure = SupportStructure.objects.get()
        MembershipFactory(organisation=structure.organisation, role="member")
        mine = Membership.objects.get(user=manager)
        response = client.post(reverse("structures:member_remove", args=[mine.pk]), follow=True)
        assertContains(response, "Il doit rester une personne responsable.")

    def test_messages_to_members_lead_to_the_advisors_space(self, commit, mailoutbox):
        structure = SupportStructureFactory()
        member = MembershipFactory(organisation=structure.organisation, unconfirmed=True)
        with commit():
            confirm_member(member, by=UserFactory(agent=True))
        assert "/conseiller/" in mailoutbox[0].body
