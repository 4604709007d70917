import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.factories import UserFactory
from accounts.models import User
from core.rules import RuleBroken
from territories.actions import close_agent_task, open_agent_task
from territories.agents import departments_of, grant_agents, make_agent
from territories.factories import (
    AgentTaskFactory,
    AgentTerritoryFactory,
    DepartmentFactory,
    EmploymentBasinFactory,
    RegionFactory,
)
from territories.models import AgentTask, EmploymentBasin, Region

pytestmark = pytest.mark.django_db


class TestTerritory:
    def test_a_region_is_all_its_departments(self):
        moselle, other = DepartmentFactory(), DepartmentFactory(nancy=True)
        DepartmentFactory(code="75", name="Paris", region=RegionFactory(code="11", name="IDF", slug="idf"))
        assert set(departments_of(AgentTerritoryFactory().user)) == {moselle, other}

    def test_chosen_departments_are_all_that_one_sees(self):
        moselle = DepartmentFactory()
        DepartmentFactory(nancy=True)
        agent = AgentTerritoryFactory(departments=[moselle]).user
        assert list(departments_of(agent)) == [moselle]

    def test_nobody_else_has_any(self):
        DepartmentFactory()
        AgentTerritoryFactory()
        assert not departments_of(UserFactory(is_staff=True)).exists()

    def test_a_superuser_sees_everything(self):
        DepartmentFactory()
        assert departments_of(UserFactory(is_superuser=True)).count() == 1

    def test_basins_follow_the_region(self):
        metz = EmploymentBasinFactory()
        elsewhere = RegionFactory(code="11", name="IDF", slug="idf")
        EmploymentBasinFactory(name="Paris", slug="paris", region=elsewhere, epcis=[])
        agent = AgentTerritoryFactory(departments=[DepartmentFactory()]).user
        assert list(EmploymentBasin.objects.in_territory_of(agent)) == [metz]


class TestTasks:
    def test_an_agent_sees_those_of_their_departments_and_of_nobody(self):
        ours = AgentTaskFactory()
        everywhere = AgentTaskFactory(department=None)
        AgentTaskFactory(department=DepartmentFactory(nancy=True))
        agent = AgentTerritoryFactory(departments=[ours.department]).user
        assert set(AgentTask.objects.for_agent(agent)) == {ours, everywhere}

    def test_who_is_no_agent_sees_none(self):
        AgentTaskFactory(department=None)
        assert not AgentTask.objects.for_agent(UserFactory()).exists()

    def test_asked_twice_it_is_one_task(self):
        first = open_agent_task("x", "Une offre à relire", key="offer:1", due_on=dt.date(2030, 1, 1))
        again = open_agent_task("x", "Autre titre", key="offer:1")
        assert (again.pk, again.title) == (first.pk, "Une offre à relire")

    def test_a_very_long_title_is_cut(self):
        assert len(open_agent_task("x", "é" * 500, key="long").title) == 200

    def test_done_once_and_by_whom(self):
        task, agent = AgentTaskFactory(), UserFactory()
        close_agent_task(task, by=agent, outcome="Vu avec l’entreprise")
        assert (task.done_by, task.outcome) == (agent, "Vu avec l’entreprise")
        assert not AgentTask.objects.open().exists()
        with pytest.raises(RuleBroken, match="déjà faite"):
            close_agent_task(task, by=UserFactory())
        task.refresh_from_db()
        assert task.done_by == agent

    def test_late_means_after_its_day(self):
        task = AgentTaskFactory(due_on=timezone.localdate())
        assert not task.is_late
        with time_machine.travel(timezone.now() + dt.timedelta(days=1), tick=False):
            assert task.is_late
            assert list(AgentTask.objects.late()) == [task]


class TestRights:
    def test_an_agent_changes_but_never_deletes(self):
        names = set(grant_agents().permissions.values_list("codename", flat=True))
        assert {"view_agenttask", "change_agenttask", "change_commune"} <= names
        assert not {name for name in names if name.startswith("delete_")}

    def test_nobody_can_give_themselves_rights(self):
        names = set(grant_agents().permissions.values_list("codename", flat=True))
        for model in ("user", "agentterritory", "region"):
            assert f"view_{model}" in names
            assert not names & {f"change_{model}", f"add_{model}"}
        assert not names & {"change_group", "change_permission", "add_logentry"}

    def test_a_right_added_later_is_given_at_the_next_deployment(self):
        group = grant_agents()
        group.permissions.remove(Permission.objects.get(codename="view_agenttask"))
        assert grant_agents().permissions.filter(codename="view_agenttask").exists()


class TestCreateAgent:
    def test_a_new_agent_logs_in_by_code_only(self, capsys):
        DepartmentFactory()
        call_command("create_agent", "Agent@Region.example", "--departments", "57")
        agent = User.objects.get(email="agent@region.example")
        assert agent.is_staff
        assert not agent.is_superuser
        assert not agent.has_usable_password()
        assert agent.has_perm("territories.change_agenttask")
        assert [department.code for department in departments_of(agent)] == ["57"]
        said = capsys.readouterr().out
        assert "Compte créé" in said
        assert "/admin/" in said

    def test_again_it_moves_the_agent(self, capsys):
        DepartmentFactory()
        nancy = DepartmentFactory(nancy=True)
        call_command("create_agent", "a@region.example", "--departments", "57")
        call_command("create_agent", "a@region.example", "--region", "44")
        assert nancy in departments_of(User.objects.get())
        assert "Compte mis à jour" in capsys.readouterr().out

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["a@region.example", "--region", "99"], "n’existe pas ici"),
            (["a@region.example", "--departments", "57,99"], "Départements inconnus : 99"),
            (["a@region.example", "--departments", ","], "Départements inconnus"),
            (["nobody", "--region", "44"], "n’est pas une adresse"),
            (["a@region.example"], "--region"),
        ],
    )
    def test_what_is_wrong_is_named(self, arguments, said):
        DepartmentFactory()
        with pytest.raises(CommandError, match=said):
            call_command("create_agent", *arguments)
        assert not User.objects.exists()

    def test_an_agent_without_a_territory_does_not_exist(self):
        with pytest.raises(RuleBroken, match="une région, ou des départements"):
            make_agent("a@region.example")


class TestRegion:
    @pytest.mark.parametrize(
        ("field", "colour", "kept"),
        [
            ("accent_color", "#4a2a6b", True),
            ("accent_color", "#f2a900", False),
            ("accent_color", "purple", False),
            ("accent_color", "#4A2A6B", False),
            ("highlight_color", "#f2a900", True),
            ("highlight_color", "#4a2a6b", False),
        ],
    )
    def test_its_colours_can_be_read(self, field, colour, kept):
        region = RegionFactory.build(**{field: colour})
        if kept:
            region.clean_fields()
            region.clean()
        else:
            with pytest.raises(ValidationError):
                region.full_clean(validate_unique=False, validate_constraints=False)

    def test_its_delays_follow_each_other(self):
        with pytest.raises(ValidationError, match="Les délais se suivent"):
            RegionFactory.build(agreement_second_reminder_days=9).validate_constraints()
        assert not Region.objects.exists()
