"""Entering, one's account, the profile, the company's own pages: read by everybody, in each state."""

import pytest
from django.utils import timezone

from accounts.factories import MembershipFactory, UserFactory, valid_siret
from accounts.models import Invitation, Organisation
from candidates.factories import CandidateFactory
from companies.factories import CompanyFactory, WorkplaceFactory
from territories.factories import AgentTerritoryFactory, CommuneFactory
from tests.browser.axe import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def login(visit):
    return visit("/connexion/?next=/offres/")


def login_refused(visit):
    page = login(visit)
    page.get_by_label("Votre adresse e-mail").fill("lea")
    page.get_by_role("button", name="Recevoir mon code").click()
    return page


def code_refused(visit):
    page = login(visit)
    page.get_by_label("Votre adresse e-mail").fill("lea@example.org")
    page.get_by_role("button", name="Recevoir mon code").click()
    page.get_by_label("Votre code").fill("123 456")
    page.get_by_role("button", name="Entrer").click()
    return page


def signup(visit):
    return visit("/inscription/")


def signup_email(visit):
    return visit("/inscription/adresse/?qui=candidate")


def welcome(visit):
    return visit("/bienvenue/", user=UserFactory())


def account(visit):
    return visit("/compte/", user=MembershipFactory(unconfirmed=True).user)


def new_address_code(visit):
    page = visit("/compte/adresse/", user=UserFactory())
    page.get_by_label("Nouvelle adresse e-mail").fill("apres@example.org")
    page.get_by_role("button", name="Recevoir le code").click()
    return page


def erase(visit):
    return visit("/compte/supprimer/", user=UserFactory())


def erase_refused(visit):
    manager = MembershipFactory()
    MembershipFactory(organisation=manager.organisation, role="member")
    return visit("/compte/supprimer/", user=manager.user)


def second_factor(visit):
    user = AgentTerritoryFactory().user
    return visit("/compte/double-verification/activer/", user=user)


def invitation(visit):
    company = CompanyFactory()
    found = Invitation.objects.create(
        organisation=company.organisation,
        email="ami@example.org",
        invited_by=company.confirmed_members().get(),
    )
    return visit(f"/invitation/{found.token}/")


def profile(visit):
    return visit("/candidat/profil/", user=CandidateFactory(new=True).user)


def profile_ambiguous(visit):
    for code in ("57001", "57002"):
        CommuneFactory(code=code, name="Saint-Julien", postcodes=[f"{code[:2]}070"])
    page = visit("/candidat/profil/", user=CandidateFactory().user)
    page.get_by_label("Votre commune ou votre code postal").fill("Saint-Julien")
    page.get_by_label("Téléphone").fill("06 12")
    page.get_by_role("button", name="Enregistrer").click()
    return page


def siret_refused(visit):
    page = visit("/entreprise/creer/", user=UserFactory())
    page.get_by_label("SIRET de votre établissement").fill("123 456 789 00011")
    page.get_by_role("button", name="Continuer").click()
    return page


def company_details(visit):
    return visit(f"/entreprise/creer/{valid_siret(800_000)}/", user=UserFactory())


def company_join(visit):
    siret = CompanyFactory().organisation.siret
    return visit(f"/entreprise/creer/{siret}/", user=UserFactory())


def verify(visit):
    company = CompanyFactory(member__unconfirmed=True)
    Organisation.objects.update(published_email="contact@atelier.example")
    user = company.organisation.memberships.get().user
    return visit("/entreprise/verification/", user=user)


def sheet(visit):
    workplace = WorkplaceFactory(is_approximate=True, name="Atelier")
    return visit("/entreprise/fiche/", user=workplace.company.confirmed_members().get())


def members(visit):
    company = CompanyFactory()
    manager = company.confirmed_members().get()
    MembershipFactory(organisation=company.organisation, unconfirmed=True)
    MembershipFactory(
        organisation=company.organisation, unconfirmed=True, is_active=False, asked_at=timezone.now()
    )
    Invitation.objects.create(organisation=company.organisation, email="ami@example.org", invited_by=manager)
    return visit("/entreprise/membres/", user=manager)


STATES = [
    login,
    login_refused,
    code_refused,
    signup,
    signup_email,
    welcome,
    account,
    new_address_code,
    erase,
    erase_refused,
    second_factor,
    invitation,
    profile,
    profile_ambiguous,
    siret_refused,
    company_details,
    company_join,
    verify,
    sheet,
    members,
]


@pytest.mark.deep_too
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_a_page_is_read_by_everybody(visit, state):
    assert faults(state(visit)) == []
