"""Agents change the delays of their own Region, within bounds."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from territories.agents import make_agent
from territories.delays_admin import DELAYS
from territories.factories import DepartmentFactory
from territories.models import Region

pytestmark = pytest.mark.django_db
FIELDS = [name for _, options in DELAYS for name in options["fields"]]


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
    as_agent.post(page(region), typed(region, answer_first_reminder_days=2, name="Forgée"))
    changed = Region.objects.get(pk=region.pk)
    assert (changed.answer_first_reminder_days, changed.name) == (2, region.name)
    assert LogEntry.objects.get().user.email == "agent@region.example"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"answer_first_reminder_days": 0}, "supérieure ou égale à 1"),
        ({"answer_days": 400}, "inférieure ou égale à 60"),
        ({"sheet_days": 90}, "inférieure ou égale à 15"),
        ({"answer_agent_days": 6}, "Les délais se suivent"),
        ({"agreement_second_reminder_days": 9}, "Les délais se suivent"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(as_agent, region, change, sentence):
    assertContains(as_agent.post(page(region), typed(region, **change)), sentence)
    name = next(iter(change))
    assert getattr(Region.objects.get(pk=region.pk), name) == getattr(region, name)


def test_an_agent_of_some_departments_reads_them(client, region):
    department = region.departments.first()
    client.force_login(make_agent("agent@moselle.example", departments=[department])[0])
    assertNotContains(client.get(page(region)), 'name="answer_days"')
    assert client.post(page(region), typed(region, answer_days=12)).status_code == 403


def test_another_region_does_not_exist_for_them(as_agent, region):
    other = DepartmentFactory(
        code="69", name="Rhône", region__code="84", region__name="Ailleurs", region__slug="ailleurs"
    ).region
    assert as_agent.get(page(other)).status_code == 302
    as_agent.post(page(other), typed(other, answer_days=12))
    assert Region.objects.get(pk=other.pk).answer_days == other.answer_days
