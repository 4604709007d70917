"""Companies: opening a space by SIRET, being verified, and who counts as one of them."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.factories import MembershipFactory, OrganisationFactory, UserFactory, valid_siret
from accounts.models import Invitation, Membership, MembershipRole, Organisation
from candidates.factories import CandidateFactory
from companies.actions import confirm_member, register_company, request_to_join
from companies.factories import CompanyFactory, WorkplaceFactory
from companies.models import Company
from core.rules import RuleBroken
from territories.factories import CommuneFactory
from territories.geo import Place
from territories.models import AgentTask
from tests.race import overlapping

pytestmark = pytest.mark.django_db
SIRET = valid_siret(700_000)
LA_POSTE = "35600000000048"
DETAILS = f"/entreprise/creer/{SIRET}/"
TYPED = {"name": "L’Atelier & Fils", "address": "12 rue des Clercs", "q_lieu": "57050 Metz"}


def code_in(mail) -> str:
    return re.search(r"\b(\d{3} \d{3})\b", mail.body)[1]


@pytest.fixture
def user(client):
    user = UserFactory(email="lea@atelier.example")
    client.force_login(user)
    return user


def register(user, siret=SIRET, **changes):
    metz = CommuneFactory()
    words = {
        "name": "L’Atelier & Fils",
        "address": "12 rue des Clercs",
        "postcode": "57000",
        "commune": metz,
        "place": Place.of_commune(metz),
    }
    return register_company(by=user, siret=siret, **(words | changes))


class TestSiret:
    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ("", "Tapez les 14 chiffres"),
            ("1234", "vous en avez tapé 4"),
            ("8100000A800011", "que des chiffres"),
            ("12345678900011", "le SIREN"),
            (SIRET[:-1] + str((int(SIRET[-1]) + 1) % 10), "le NIC"),
            ("💥", "que des chiffres"),
            ("<script>", "que des chiffres"),
        ],
    )
    def test_wrong_is_refused_by_the_name_of_its_fault(self, client, user, typed, sentence):
        assertContains(client.post("/entreprise/creer/", {"siret": typed}), sentence)

    @pytest.mark.parametrize("typed", [SIRET, f"{SIRET[:3]} {SIRET[3:9]} {SIRET[9:]}", LA_POSTE])
    def test_right_leads_on(self, client, user, typed):
        response = client.post("/entreprise/creer/", {"siret": typed, "next": "/entreprise/offres/"})
        siret = typed.replace(" ", "")
        assertRedirects(response, f"/entreprise/creer/{siret}/?next=%2Fentreprise%2Foffres%2F")

    def test_wrong_in_an_address_is_no_page(self, client, user):
        assert client.get("/entreprise/creer/12345678900011/").status_code == 404


class TestRegister:
    def test_opens_the_space_with_its_first_workplace(self, client, user):
        metz = CommuneFactory()
        response = client.post(DETAILS, TYPED)
        assertRedirects(response, reverse("companies:verify"))
        company = Company.objects.get()
        assert (company.name, company.organisation.siret) == ("L’Atelier & Fils", SIRET)
        workplace = company.workplaces.get()
        assert (workplace.commune, workplace.postcode) == (metz, "57050")
        assert workplace.is_approximate
        assert Company.objects.managed_by(user).get() == company

    def test_leads_back_to_the_offer_begun(self, client, user):
        CommuneFactory()
        response = client.post(DETAILS, {**TYPED, "next": "/entreprise/offres/nouvelle/"})
        assertRedirects(response, "/entreprise/offres/nouvelle/", fetch_redirect_response=False)

    def test_lets_one_write_but_see_nobody(self, user):
        company = register(user)
        assert Company.objects.managed_by(user).get() == company
        assert not Company.objects.trusting(user).exists()
        assert not company.confirmed_members().exists()

    def test_asks_an_agent_to_check_who_it_is(self, user):
        company = register(user)
        task = AgentTask.objects.open().get()
        assert task.department_id == "57"
        assert company.name in task.title

    def test_of_the_same_house_as_the_published_address_is_verified_at_once(self, client, user):
        OrganisationFactory(siret=SIRET, published_email="contact@atelier.example")
        CommuneFactory()
        assertRedirects(client.post(DETAILS, TYPED), reverse("company_space"))
        assert Company.objects.trusting(user).exists()
        assert not AgentTask.objects.exists()

    def test_of_a_known_legal_entity_makes_it_a_company(self, user):
        organisation = OrganisationFactory(siret=SIRET, name="GEIQ Lorrain")
        assert register(user).organisation == organisation
        organisation.refresh_from_db()
        assert organisation.name == "GEIQ Lorrain"

    def test_is_not_for_candidates(self):
        with pytest.raises(RuleBroken, match="adresse professionnelle"):
            register(CandidateFactory().user)
        assert not Organisation.objects.exists()

    def test_by_someone_after_everybody_left_keeps_the_company(self, user):
        former = CompanyFactory(organisation__siret=SIRET, member__former=True)
        assert register(user) == former
        assert not Company.objects.trusting(user).exists()

    @pytest.mark.django_db(transaction=True)
    def test_twice_at_once_makes_one_company(self):
        one, other = UserFactory(), UserFactory()
        CommuneFactory()
        outcome = overlapping(lambda: register(one), lambda: register(other))
        assert outcome == "refused"
        assert Company.objects.get().organisation.memberships.get().user == one

    @pytest.mark.parametrize(
        ("field", "typed", "sentence"),
        [
            ("name", "", "Tapez le nom"),
            ("address", "", "Tapez l’adresse"),
            ("q_lieu", "", "Tapez un code postal"),
            ("q_lieu", "Xyzzyville", "Lieu non reconnu"),
        ],
    )
    def test_says_what_is_missing(self, client, user, field, typed, sentence):
        CommuneFactory()
        assertContains(client.post(DETAILS, {**TYPED, field: typed}), sentence)
        assert not Company.objects.exists()


class TestJoin:
    def test_is_asked_when_the_company_is_known(self, client, user):
        company = CompanyFactory(organisation__siret=SIRET)
        assertContains(client.get(DETAILS), "a déjà un espace")
        assertRedirects(client.post(DETAILS), reverse("accounts:welcome"))
        assert not Company.objects.managed_by(user).exists()
        assert company.organisation.memberships.asking().get().user == user
        assertContains(client.get(DETAILS), "Votre demande est partie")

    def test_goes_to_an_agent_when_nobody_there_is_verified(self, user):
        company = CompanyFactory(member__unconfirmed=True)
        asking = request_to_join(company.organisation, by=user)
        confirm_member(asking, by=UserFactory(agent=True))
        assert asking.confirmed_by == Membership.ConfirmedBy.AGENT
        assert not AgentTask.objects.open().exists()

    def test_shows_a_candidate_why_not(self, client):
        CompanyFactory(organisation__siret=SIRET)
        client.force_login(CandidateFactory().user)
        assertContains(client.post(DETAILS), "adresse professionnelle")


class TestVerify:
    @pytest.fixture
    def company(self, user):
        return register(user)

    def test_says_what_to_do(self, client, company):
        page = client.get("/entreprise/verification/")
        assertContains(page, "Vous pouvez déjà écrire une offre")
        assertContains(page, "Un agent de la Région vérifie")
        assertNotContains(page, "Envoyer un code")

    def test_by_a_code_that_the_published_address_received(self, client, user, company, commit, mailoutbox):
        Organisation.objects.update(published_email="bonjour@ailleurs.example")
        assertContains(client.get("/entreprise/verification/"), "b…r@ailleurs.example")
        with commit():
            client.post("/entreprise/verification/")
        [mail] = mailoutbox
        assert mail.to == ["bonjour@ailleurs.example"]
        code = code_in(mail)
        wrong = "000000" if code != "000 000" else "111111"
        assertContains(client.post("/entreprise/verification/code/", {"code": wrong}), "n’est pas le bon")
        assert not Company.objects.trusting(user).exists()
        client.post("/entreprise/verification/code/", {"code": code})
        assert Company.objects.trusting(user).exists()
        assert not AgentTask.objects.open().exists()

    def test_without_a_published_address_sends_no_code(self, client, company, commit, mailoutbox):
        with commit():
            client.post("/entreprise/verification/")
        assert mailoutbox == []

    def test_a_code_for_one_company_does_nothing_for_another(self, client, user, company, commit, mailoutbox):
        other = register(user, siret=valid_siret(700_001))
        Organisation.objects.filter(company=company).update(published_email="a@un.example")
        with commit():
            client.post(f"/entreprise/verification/?entreprise={company.pk}")
        url = f"/entreprise/verification/code/?entreprise={other.pk}"
        client.post(url, {"code": code_in(mailoutbox[0])})
        assert not Company.objects.trusting(user).exists()


class TestMembersPage:
    @pytest.fixture
    def company(self):
        return CompanyFactory()

    @pytest.fixture
    def manager(self, client, company):
        manager = company.organisation.memberships.get()
        client.force_login(manager.user)
        return manager

    def test_invites(self, client, company, manager, commit, mailoutbox):
        with commit():
            client.post("/entreprise/membres/", {"email": "ami@example.org", "role": "member"})
        assert mailoutbox[0].to == ["ami@example.org"]
        assertContains(client.get("/entreprise/membres/"), "ami@example.org")

    def test_accepts_a_request(self, client, company, manager):
        asking = request_to_join(company.organisation, by=UserFactory())
        assertContains(client.get("/entreprise/membres/"), asking.user.email)
        client.post(reverse("companies:member_accept", args=[asking.pk]))
        assert asking in Membership.objects.confirmed()

    def test_refuses_a_request(self, client, company, manager):
        asking = request_to_join(company.organisation, by=UserFactory())
        client.post(reverse("companies:member_refuse", args=[asking.pk]))
        assert not Membership.objects.asking().exists()

    def test_removes_a_colleague(self, client, company, manager):
        colleague = MembershipFactory(organisation=company.organisation)
        client.post(reverse("companies:member_remove", args=[colleague.pk]))
        assert not Company.objects.managed_by(colleague.user).exists()

    def test_lets_one_leave(self, client, company, manager):
        response = client.post(reverse("companies:member_remove", args=[manager.pk]))
        assertRedirects(response, reverse("after_login"), fetch_redirect_response=False)
        assert not Company.objects.managed_by(manager.user).exists()

    def test_takes_an_invitation_back(self, client, company, manager):
        client.post("/entreprise/membres/", {"email": "ami@example.org", "role": "member"})
        client.post(reverse("companies:invitation_withdraw", args=[Invitation.objects.get().pk]))
        assert not Invitation.objects.open().exists()

    @pytest.mark.parametrize("name", ["member_accept", "member_refuse", "member_remove"])
    def test_of_another_company_do_not_exist(self, client, company, manager, name):
        stranger = request_to_join(CompanyFactory().organisation, by=UserFactory())
        assert client.post(reverse(f"companies:{name}", args=[stranger.pk])).status_code == 404
        stranger.refresh_from_db()
        assert stranger.asked_at

    def test_shows_no_colleague_to_who_is_not_verified(self, client, company):
        newcomer = MembershipFactory(organisation=company.organisation, unconfirmed=True)
        manager = company.confirmed_members().get()
        client.force_login(newcomer.user)
        page = client.get("/entreprise/membres/")
        assertNotContains(page, manager.email)
        assertNotContains(page, "Envoyer l’invitation")
        client.post("/entreprise/membres/", {"email": "ami@example.org", "role": "member"})
        assert not Invitation.objects.exists()

    def test_costs_the_same_for_one_and_for_many(
        self, client, company, manager, django_assert_max_num_queries
    ):
        for _ in range(15):
            MembershipFactory(organisation=company.organisation)
        with django_assert_max_num_queries(12):
            client.get("/entreprise/membres/")


class TestSheet:
    @pytest.fixture
    def company(self, client):
        company = CompanyFactory()
        client.force_login(company.confirmed_members().get())
        return company

    def test_keeps_what_is_typed(self, client, company):
        typed = {"name": "Atelier", "description": "Nous rénovons.", "website": "www.atelier.example"}
        client.post("/entreprise/fiche/", typed)
        company.refresh_from_db()
        assert (company.name, company.website) == ("Atelier", "https://www.atelier.example")

    def test_adds_a_workplace(self, client, company):
        CommuneFactory()
        client.post("/entreprise/fiche/lieux/", {"name": "Dépôt", "address": "1 rue", "q_lieu": "Metz"})
        assert company.workplaces.get().name == "Dépôt"

    def test_moves_a_workplace(self, client, company):
        workplace = WorkplaceFactory(company=company)
        nancy = CommuneFactory(nancy=True)
        url = reverse("companies:workplace_edit", args=[workplace.pk])
        assertContains(client.get(url), 'value="Metz (57)"')
        client.post(url, {"address": "2 rue", "q_lieu": "Nancy"})
        workplace.refresh_from_db()
        assert (workplace.commune, workplace.postcode, workplace.x) == (nancy, "54000", nancy.x)

    def test_of_another_company_does_not_exist(self, client, company):
        other = WorkplaceFactory()
        assert client.get(reverse("companies:workplace_edit", args=[other.pk])).status_code == 404
        assert client.get(f"/entreprise/fiche/?entreprise={other.company_id}").status_code == 404

    @pytest.mark.parametrize("asked", ["abc", "-1", "9" * 30, "٣", "1;--"])
    def test_of_a_company_that_is_none_does_not_exist(self, client, company, asked):
        assert client.get("/entreprise/fiche/", {"entreprise": asked}).status_code == 404


class TestWhoCounts:
    """`managed_by`, `trusting` and `confirmed_members`: what every other room leans on."""

    @pytest.mark.parametrize(
        ("standing", "manages", "trusted"),
        [
            ({}, True, True),
            ({"role": MembershipRole.MEMBER}, True, True),
            ({"unconfirmed": True}, True, False),
            ({"former": True}, False, False),
            ({"former": True, "unconfirmed": True, "asked_at": timezone.now()}, False, False),
        ],
    )
    def test_follows_the_membership(self, standing, manages, trusted):
        company = CompanyFactory(member=False)
        user = MembershipFactory(organisation=company.organisation, **standing).user
        assert Company.objects.managed_by(user).exists() is manages
        assert Company.objects.trusting(user).exists() is trusted
        assert (user in company.confirmed_members()) is trusted

    def test_does_not_mix_two_memberships_of_one_person(self):
        """Confirmed elsewhere, unconfirmed here: not confirmed here."""
        company = CompanyFactory(member=False)
        user = MembershipFactory().user
        MembershipFactory(organisation=company.organisation, user=user, unconfirmed=True)
        assert not company.confirmed_members().exists()
        assert not Company.objects.trusting(user).exists()

    def test_leaves_out_closed_accounts(self):
        company = CompanyFactory(member=UserFactory(is_active=False))
        assert not company.confirmed_members().exists()
