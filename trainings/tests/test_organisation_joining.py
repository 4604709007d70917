"""Somebody opens the space of their training organisation, proves it, and calls colleagues."""

import re

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.factories import MembershipFactory, OrganisationFactory, UserFactory, valid_siret
from accounts.models import Membership, Organisation
from candidates.factories import CandidateFactory
from companies.factories import CompanyFactory
from core.rules import RuleBroken
from territories.agents import grant_agents
from territories.factories import AgentTerritoryFactory, CommuneFactory
from territories.models import AgentTask, Department
from tests.race import overlapping
from trainings.factories import OpenOrganisationFactory, SessionFactory, TrainingOrganisationFactory
from trainings.models import TrainingOrganisation
from trainings.organisations.joining import register_member

pytestmark = pytest.mark.django_db
SIRET = valid_siret(800_000)
CHOOSE = "/organisme/inscription/"


@pytest.fixture
def user(client):
    user = UserFactory(email="lou@greta.example.org")
    client.force_login(user)
    return user


@pytest.fixture
def greta():
    """Known from the catalogue: nobody has opened its space."""
    return TrainingOrganisationFactory(siret=SIRET, activity_number="44570123457", email="accueil@free.fr")


def page_of(organisation):
    return reverse("organisations:register", args=[organisation.pk])


def test_is_one_of_the_ways_in(client):
    for page in ("/", "/connexion/"):
        assertContains(client.get(page), "/inscription/adresse/?qui=organisation")
    client.force_login(UserFactory())
    assertRedirects(client.post("/bienvenue/", {"qui": "organisation"}), CHOOSE)


def test_is_found_by_name_siret_or_declaration_of_activity(client, user, greta):
    for words in ("gréta", "LORRAINE greta", SIRET, SIRET[:9], "44 57 01234 57"):
        assertContains(client.get(CHOOSE, {"q": words}), page_of(greta))
    for words in ("zzz", "12345678901234", "%", " "):
        assertNotContains(client.get(CHOOSE, {"q": words}), page_of(greta))
    assertContains(client.get(CHOOSE, {"q": "zzz"}), "Écrivez-nous")


def test_the_catalogue_s_own_siret_is_not_asked_again(client, user, greta):
    assertNotContains(client.get(page_of(greta)), 'siret"')
    assertRedirects(client.post(page_of(greta)), "/organisme/verification/")
    greta.refresh_from_db()
    assert (greta.organisation.siret, greta.organisation.published_email) == (SIRET, "accueil@free.fr")
    assert TrainingOrganisation.objects.managed_by(user).get() == greta
    assert not TrainingOrganisation.objects.trusting(user).exists()


def test_who_writes_from_the_published_domain_is_verified_at_once(client, user, greta):
    TrainingOrganisation.objects.update(email="contact@greta.example.org")
    assertRedirects(client.post(page_of(greta)), "/organisme/")
    assert TrainingOrganisation.objects.trusting(user).get() == greta
    assert not AgentTask.objects.exists()


def test_a_code_sent_to_the_published_contact_verifies(client, commit, mailoutbox, user, greta):
    client.post(page_of(greta))
    with commit():
        assertRedirects(
            client.post("/organisme/verification/"),
            f"/organisme/verification/code/?organisme={greta.pk}",
        )
    [mail] = [mail for mail in mailoutbox if mail.to == ["accueil@free.fr"]]
    code = re.search(r"^ {4}(\d{3} \d{3})$", mail.body, re.MULTILINE).group(1)
    assertContains(client.post("/organisme/verification/code/", {"code": "000 000"}), "Erreur")
    assertRedirects(client.post("/organisme/verification/code/", {"code": code}), "/organisme/")
    assert TrainingOrganisation.objects.trusting(user).exists()


def test_otherwise_an_agent_of_where_it_trains_confirms(client, user, greta):
    SessionFactory(action__training__organisation=greta, action__commune=CommuneFactory())
    client.post(page_of(greta))
    task = AgentTask.objects.get(kind="confirm_membership")
    assert task.department_id == "57"
    agent = AgentTerritoryFactory(departments=[Department.objects.get(pk="57")]).user
    agent.groups.add(grant_agents())
    client.force_login(agent)
    membership = Membership.objects.get(user=user)
    page = reverse("admin:accounts_membership_changelist")
    assertContains(client.get(page), user.email)
    client.post(page, {"action": "confirm", "_selected_action": [membership.pk]})
    assert TrainingOrganisation.objects.trusting(user).get() == greta
    task.refresh_from_db()
    assert task.done_at


def test_a_typed_siret_never_takes_the_legal_entity_of_somebody_else(client, user):
    unknown = TrainingOrganisationFactory(siret="", email="")
    company = CompanyFactory(member=user)
    for siret in (company.organisation.siret, OrganisationFactory().siret):
        assertContains(client.post(page_of(unknown), {"siret": siret}), "un agent fait le lien")
    assert not TrainingOrganisation.objects.managed_by(user).exists()
    assertContains(client.post(page_of(unknown), {"siret": "12345678900011"}), "Erreur")
    assertRedirects(client.post(page_of(unknown), {"siret": SIRET}), "/organisme/verification/")


def test_a_company_that_also_trains_keeps_its_members_and_its_own_first_one(greta):
    """One legal entity, two spaces: who asks is answered by those who are there."""
    company = CompanyFactory(organisation__siret=SIRET)
    asking = register_member(greta, by=UserFactory())
    assert asking.organisation == company.organisation
    assert asking.asked_at
    assert not asking.is_active


def test_a_second_one_asks_a_manager(client, commit, mailoutbox, user):
    open_one = OpenOrganisationFactory()
    manager = open_one.confirmed_members().get()
    with commit():
        assertRedirects(client.post(page_of(open_one)), "/bienvenue/")
    [mail] = mailoutbox
    assert mail.to == [manager.email]
    assert "/organisme/equipe/" in mail.body
    assert not TrainingOrganisation.objects.managed_by(user).exists()
    client.force_login(manager)
    assertContains(client.get("/organisme/"), f"demande à rejoindre {open_one.name}")


def test_is_not_for_candidates(greta):
    with pytest.raises(RuleBroken, match="chercher un emploi"):
        register_member(greta, by=CandidateFactory().user)
    assert not Organisation.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_not_both_first(greta):
    one, other = UserFactory(), UserFactory()
    overlapping(
        lambda: register_member(greta, by=one),
        lambda: register_member(TrainingOrganisation.objects.get(pk=greta.pk), by=other),
    )
    assert Membership.objects.active().get().user == one
    assert Membership.objects.asking().get().user == other


def test_an_invited_colleague_lands_in_the_space(client):
    organisation = OpenOrganisationFactory()
    client.force_login(organisation.confirmed_members().get())
    client.post("/organisme/equipe/", {"email": "ami@example.org", "role": "member"})
    token = organisation.organisation.invitations.get().token
    client.force_login(UserFactory(email="ami@example.org"))
    client.post(reverse("accounts:invitation", args=[token]))
    assertRedirects(client.get("/apres-connexion/"), "/organisme/")
    assertContains(client.get("/organisme/equipe/"), "(vous)")


def test_a_former_member_sees_nothing_any_more(client):
    organisation = OpenOrganisationFactory()
    former = MembershipFactory(organisation=organisation.organisation, former=True).user
    client.force_login(former)
    for page in ("/organisme/", "/organisme/sessions/", "/organisme/fiche/", "/organisme/equipe/"):
        assert client.get(page).status_code == 404
