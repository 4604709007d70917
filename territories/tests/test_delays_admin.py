"""Agents change the delays of their own Region, within bounds."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from commitments.courses.workflow import moments_between
from territories.actions import open_agent_task
from territories.agents import make_agent
from territories.delays import days_in, wait_in
from territories.delays_admin import DELAYS, TRAVEL
from territories.factories import DepartmentFactory
from territories.models import AgentTask, Region, RegionWait
from territories.travel import travel_words

pytestmark = pytest.mark.django_db
FIELDS = [name for _, options in [*DELAYS, TRAVEL] for name in options["fields"]]


@pytest.fixture
def region():
    return DepartmentFactory().region


def typed(region, **changes):
    return {name: getattr(region, name) for name in FIELDS} | changes


def page(region):
    return reverse("admin:territories_regiondelays_change", args=[region.pk])


@pytest.fixture
def as_agent(client, region):
    client.force_login(make_agent("agent@region.example", region=region)[0])
    return client


def test_an_agent_of_the_region_changes_them_and_it_is_written_down(as_agent, region):
    as_agent.post(page(region), typed(region, sheet_days=2, name="Forgée"))
    changed = Region.objects.get(pk=region.pk)
    assert (changed.sheet_days, changed.name) == (2, region.name)
    assert LogEntry.objects.get().user.email == "agent@region.example"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"wait-application-first_reminder": 0}, "supérieure ou égale à 1"),
        ({"wait-application-end": 400}, "inférieure ou égale à 120"),
        ({"sheet_days": 90}, "inférieure ou égale à 15"),
        ({"wait-application-agent": 6}, "Les délais se suivent"),
        ({"travel_km_an_hour": 900}, "inférieure ou égale à 130"),
        ({"proposal_agent_days": 8}, "Avant la date limite"),
        ({"check_in_twice_from_days": 9}, "plus longue qu’un seul"),
        ({"internship_notice_days": 60}, "inférieure ou égale à 30"),
        ({"agreement_second_reminder_days": 9}, "Les délais se suivent"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(as_agent, region, change, sentence):
    assertContains(as_agent.post(page(region), typed(region, **change)), sentence)
    name = next(iter(change))
    assert not RegionWait.objects.exists()
    if name in FIELDS:
        assert getattr(Region.objects.get(pk=region.pk), name) == getattr(region, name)


def test_an_agent_of_some_departments_reads_them(client, region):
    department = region.departments.first()
    client.force_login(make_agent("agent@moselle.example", departments=[department])[0])
    response = client.get(page(region))
    assertContains(response, "premier rappel 5, second rappel 10, relais (un agent, un conseiller) 11")
    assertNotContains(response, "wait-seat-agent")
    assert client.post(page(region), typed(region, sheet_days=5)).status_code == 403


def test_another_region_does_not_exist_for_them(as_agent, region):
    other = DepartmentFactory(
        code="69", name="Rhône", region__code="84", region__name="Ailleurs", region__slug="ailleurs"
    ).region
    assert as_agent.get(page(other)).status_code == 302
    as_agent.post(page(other), typed(other, sheet_days=5, **{"wait-seat-agent": 20}))
    assert Region.objects.get(pk=other.pk).sheet_days == other.sheet_days
    assert not RegionWait.objects.exists()


def test_a_region_waits_as_it_says_and_another_as_everybody(as_agent, region, commit):
    there = DepartmentFactory(
        code="69", name="Rhône", region__code="84", region__name="Ailleurs", region__slug="ailleurs"
    )
    here = region.departments.first().pk
    assert [wait_in(it, "seat").steps for it in (here, there.pk)] == [
        ((5, "remind"), (10, "remind"), (11, "escalate"))
    ] * 2
    with commit():
        as_agent.post(page(region), typed(region, **{"wait-seat-second_reminder": 7, "wait-seat-agent": 8}))
    assert wait_in(here, "seat").steps == ((5, "remind"), (7, "remind"), (8, "escalate"))
    assert wait_in(there.pk, "seat").escalation == 11
    assertContains(as_agent.get(page(region)), 'value="8"')
    with commit():
        as_agent.post(page(region), typed(region))  # Emptied: the usual days are back.
    assert wait_in(here, "seat").escalation == 11
    assert not RegionWait.objects.exists()


def test_the_road_costs_what_the_region_says(as_agent, region, commit):
    here = region.departments.first().pk
    assert travel_words(10, here) == "environ 5 € et 30 min aller-retour en voiture, par jour (estimation)"
    with commit():
        as_agent.post(page(region), typed(region, travel_euros_a_km="0.5", travel_km_an_hour=26))
    assert travel_words(10, here) == "environ 13 € et 1 h aller-retour en voiture, par jour (estimation)"
    assert travel_words(10, "69") == "environ 5 € et 30 min aller-retour en voiture, par jour (estimation)"


def test_who_is_in_training_is_asked_as_the_region_says(as_agent, region, commit):
    here = region.departments.first().pk
    first, last = dt.date(2027, 1, 4), dt.date(2027, 1, 14)
    assert moments_between(first, last, here) == [dt.date(2027, 1, 11)], "Saturday the 9th is no day at work"
    with commit():
        as_agent.post(page(region), typed(region, check_in_from_days=5, check_in_twice_from_days=10))
    assert moments_between(first, last, here) == [dt.date(2027, 1, 7), dt.date(2027, 1, 11)]
    assert len(moments_between(first, last, "69")) == 1
    assertContains(as_agent.get(page(region)), "Un délai changé vaut aussitôt")


def test_a_wait_without_a_row_is_that_of_its_table(region):
    assert days_in(region, "yes") == {"first_reminder": 5, "second_reminder": 10, "agent": 13, "end": 15}


def test_what_comes_to_agents_is_for_the_day_that_their_region_chose(as_agent, region, commit):
    department = region.departments.get()

    def due_in() -> int:
        task = open_agent_task("x", "Rappeler", key=f"x/{AgentTask.objects.count()}", department=department)
        return (task.due_on - timezone.localdate()).days

    assert due_in() == 5
    with commit():
        as_agent.post(page(region), typed(region, **{"wait-agent_task-end": 2}))
    assert due_in() == 2
    urgent = open_agent_task("x", "Rappeler", key="now", department=department, due_on=timezone.localdate())
    assert urgent.due_on == timezone.localdate()
