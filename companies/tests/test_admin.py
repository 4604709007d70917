"""What agents see of companies and of their members, and what they do there."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts.factories import UserFactory, valid_siret
from accounts.models import Membership, Organisation
from candidates.factories import CandidateFactory
from companies.actions import register_company
from companies.factories import CompanyFactory, WorkplaceFactory
from companies.models import Company, Workplace
from territories.agents import make_agent
from territories.factories import AgentTerritoryFactory, CommuneFactory, DepartmentFactory
from territories.geo import Place
from territories.models import AgentTask

pytestmark = pytest.mark.django_db


def register(user):
    metz = CommuneFactory()
    return register_company(
        by=user,
        siret=valid_siret(700_000),
        name="L’Atelier & Fils",
        address="12 rue des Clercs",
        postcode="57000",
        commune=metz,
        place=Place.of_commune(metz),
    )


class TestTerritory:
    def test_a_company_is_where_its_people_work(self):
        here, both, elsewhere = CompanyFactory(), CompanyFactory(), CompanyFactory()
        WorkplaceFactory(company=here)
        WorkplaceFactory(company=both)
        WorkplaceFactory(company=both, commune__nancy=True)
        WorkplaceFactory(company=elsewhere, commune__nancy=True)
        department = here.workplaces.get().commune.department
        agent = AgentTerritoryFactory(departments=[department]).user
        assert set(Company.objects.in_territory_of(agent)) == {here, both}
        assert set(Organisation.objects.in_territory_of(agent)) == {here.organisation, both.organisation}
        assert Membership.objects.in_territory_of(agent).count() == 2
        assert Workplace.objects.in_territory_of(agent).count() == 2

    def test_a_stranger_sees_none(self):
        WorkplaceFactory()
        for user in (UserFactory(), UserFactory(is_staff=True)):
            assert not Company.objects.in_territory_of(user).exists()
            assert not Organisation.objects.in_territory_of(user).exists()


class TestAdmin:
    @pytest.fixture
    def agent(self, client):
        user, _ = make_agent("agent@grandest.example", departments=[DepartmentFactory()])
        client.force_login(user)
        return user

    def test_an_agent_confirms_the_first_member(self, client, agent):
        company = register(UserFactory())
        membership = company.organisation.memberships.get()
        url = reverse("admin:accounts_membership_changelist")
        assertContains(client.get(url, {"situation": "to_confirm"}), membership.user.email)
        data = {"action": "confirm", "_selected_action": [membership.pk]}
        assertContains(client.post(url, data, follow=True), "1 membre confirmé.")
        assert company.confirmed_members().exists()
        assert AgentTask.objects.get().done_by == agent

    def test_the_task_leads_to_the_page_where_it_is_done(self, client, agent):
        company = register(UserFactory())
        page = client.get(AgentTask.objects.get().url)
        assertContains(page, company.organisation.memberships.get().user.email)

    def test_an_agent_of_elsewhere_sees_nothing_of_it(self, client, agent):
        company = CompanyFactory()
        WorkplaceFactory(company=company, commune__nancy=True)
        for page in (
            "companies_company",
            "accounts_organisation",
            "accounts_membership",
            "companies_workplace",
        ):
            response = client.get(reverse(f"admin:{page}_changelist"))
            assertNotContains(response, "Atelier &amp; Fils")
        change = reverse("admin:companies_company_change", args=[company.pk])
        assert client.get(change).status_code == 302

    @pytest.mark.parametrize(
        "page", ["companies_company", "accounts_organisation", "companies_workplace", "candidates_candidate"]
    )
    def test_pages_open(self, client, agent, page):
        row = {
            "companies_company": lambda: WorkplaceFactory().company,
            "accounts_organisation": lambda: WorkplaceFactory().company.organisation,
            "companies_workplace": WorkplaceFactory,
            "candidates_candidate": CandidateFactory,
        }[page]()
        assert client.get(reverse(f"admin:{page}_changelist")).status_code == 200
        assert client.get(reverse(f"admin:{page}_change", args=[row.pk])).status_code == 200

    def test_accounts_are_not_for_agents(self, client, agent):
        assert client.get(reverse("admin:accounts_user_changelist")).status_code == 403

    def test_lists_do_not_grow(self, client, agent, django_assert_max_num_queries):
        for _ in range(10):
            WorkplaceFactory()
        with django_assert_max_num_queries(14):
            client.get(reverse("admin:accounts_membership_changelist"))
