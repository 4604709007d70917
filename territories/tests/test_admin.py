import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from territories import lexicon
from territories.agents import make_agent
from territories.factories import (
    AgentTaskFactory,
    CommuneFactory,
    DepartmentFactory,
    EmploymentBasinFactory,
    OccupationFactory,
    OccupationTaskFactory,
    RegionFactory,
)
from territories.models import (
    AgentTask,
    AgentTerritory,
    Commune,
    Department,
    EmploymentBasin,
    Epci,
    Occupation,
    OccupationFamily,
    Region,
    RegionWait,
)
from territories.occupations import find_occupations

pytestmark = pytest.mark.django_db
MODELS = [
    AgentTask,
    AgentTerritory,
    Commune,
    Department,
    EmploymentBasin,
    Epci,
    Occupation,
    OccupationFamily,
    Region,
]


@pytest.fixture
def agent():
    return make_agent("agent@region.example", departments=[DepartmentFactory()])[0]


@pytest.fixture
def as_agent(client, agent):
    client.force_login(agent)
    return client


def page(model, kind: str, *args) -> str:
    return reverse(f"admin:territories_{model._meta.model_name}_{kind}", args=args)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_an_agent_opens_every_list_in_french(as_agent, model):
    CommuneFactory()
    OccupationTaskFactory()
    EmploymentBasinFactory()
    AgentTaskFactory()
    response = as_agent.get(page(model, "changelist"), {"q": "metz"})
    assert response.status_code == 200
    for row in model.objects.all()[:1]:
        assert as_agent.get(page(model, "change", row.pk)).status_code == 200


@pytest.mark.parametrize("model", [AgentTerritory, Region], ids=lambda model: model.__name__)
def test_an_agent_does_not_change_what_gives_rights(as_agent, model):
    row = model.objects.get()
    assert as_agent.post(page(model, "change", row.pk), {}).status_code == 403


class TestTasks:
    def test_an_agent_sees_their_own(self, as_agent):
        AgentTaskFactory(title="Chez nous")
        elsewhere = AgentTaskFactory(title="Ailleurs", department=DepartmentFactory(nancy=True))
        response = as_agent.get(page(AgentTask, "changelist"))
        assertContains(response, "Chez nous")
        assertNotContains(response, "Ailleurs")
        assert as_agent.get(page(AgentTask, "change", elsewhere.pk)).status_code == 302

    def test_the_tick_closes_the_task_and_says_who(self, as_agent, agent):
        task = AgentTaskFactory()
        as_agent.post(page(AgentTask, "change", task.pk), {"outcome": "Appelé", "is_done": "on"})
        task.refresh_from_db()
        assert (task.done_by, task.outcome) == (agent, "Appelé")
        assert task.done_at is not None

    def test_a_note_alone_leaves_it_open(self, as_agent):
        task = AgentTaskFactory()
        as_agent.post(page(AgentTask, "change", task.pk), {"outcome": "Rappeler lundi"})
        task.refresh_from_db()
        assert (task.outcome, task.done_at) == ("Rappeler lundi", None)

    def test_several_at_once(self, as_agent):
        one, done = AgentTaskFactory(), AgentTaskFactory()
        AgentTask.objects.filter(pk=done.pk).update(done_at=done.created_at)
        response = as_agent.post(
            page(AgentTask, "changelist"),
            {"action": "close", "_selected_action": [one.pk, done.pk]},
            follow=True,
        )
        assertContains(response, "1 tâche faite.")
        assertContains(response, "déjà faite")

    def test_only_an_address_of_the_web_is_a_link(self, as_agent):
        AgentTaskFactory(url="javascript:alert(1)")
        AgentTaskFactory(url="http://localhost:8000/admin/")  # As in the demo.
        answer = as_agent.get(page(AgentTask, "changelist"))
        assertNotContains(answer, "javascript:")
        assertContains(answer, '<a href="http://localhost:8000/admin/">Ouvrir</a>')


def test_a_commune_that_moves_has_new_metres(as_agent):
    metz = CommuneFactory(postcodes=[])
    before = metz.x
    as_agent.post(
        page(Commune, "change", metz.pk),
        {
            "name": "Metz",
            "slug": "metz",
            "department": "57",
            "population": "1",
            "latitude": "49",
            "longitude": "7",
            "postcodes-TOTAL_FORMS": "0",
            "postcodes-INITIAL_FORMS": "0",
        },
    )
    metz.refresh_from_db()
    assert metz.x > before + 50_000


def test_communes_are_searched_without_accents_and_by_postcode(as_agent):
    CommuneFactory(nancy=True, name="Épinal")
    for typed in ("epinal", "ÉPINAL", "54000", "54395"):
        assertContains(as_agent.get(page(Commune, "changelist"), {"q": typed}), "Épinal</a>")


def test_a_new_name_of_an_occupation_is_found_by_the_public(as_agent):
    mason = OccupationFactory()
    lexicon.rebuild()
    as_agent.post(
        page(Occupation, "change", mason.pk),
        {
            "title": mason.title,
            "slug": mason.slug,
            "family": "F",
            "parent_code": "",
            "definition": "",
            "tasks-TOTAL_FORMS": "0",
            "tasks-INITIAL_FORMS": "0",
            "titles-TOTAL_FORMS": "1",
            "titles-INITIAL_FORMS": "0",
            "titles-0-label": "Bâtisseur / Bâtisseuse",
        },
    )
    assert find_occupations("batisseuse") == [mason]


@pytest.mark.parametrize("model", [Commune, Occupation, AgentTask], ids=lambda model: model.__name__)
def test_a_list_does_not_grow(as_agent, model, django_assert_max_num_queries):
    CommuneFactory()
    CommuneFactory(thionville=True)
    for n in range(10):
        AgentTaskFactory()
        OccupationFactory(code=f"F17{n:02}")
    with django_assert_max_num_queries(14):
        as_agent.get(page(model, "changelist"))


def test_a_second_region_is_opened_in_the_admin(admin_client):
    RegionFactory()
    response = admin_client.post(
        page(Region, "add"),
        {
            "code": "27",
            "name": "Bourgogne-Franche-Comté",
            "slug": "bourgogne-franche-comte",
            "is_open": "on",
            "accent_color": "#1f6138",
            "highlight_color": "#f2a900",
            "publication_radius_km": "50",
            "booking_notice_working_days": "5",
            "agreement_first_reminder_days": "5",
            "agreement_second_reminder_days": "2",
            "sheet_days": "3",
            "proposal_first_reminder_days": "7",
            "proposal_agent_days": "4",
            "proposal_second_reminder_days": "2",
            "check_in_from_days": "9",
            "check_in_twice_from_days": "123",
            "internship_notice_days": "7",
            "travel_euros_a_km": "0.2",
            "travel_km_an_hour": "50",
            "travel_detour": "1.3",
            "wait-seat-first_reminder": "6",
        },
    )
    assert response.status_code == 302
    assert Region.objects.get(pk="27").is_open
    assert RegionWait.objects.get(region="27", name="seat").first_reminder == 6
