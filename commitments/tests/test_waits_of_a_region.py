"""A Region's own delays: the sweep and the pages say the same day, and another Region keeps its own."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains

from commitments import waiting
from commitments.courses.factories import a_trainee
from commitments.courses.models import CheckIn
from commitments.courses.todo import todos_of_candidate
from commitments.projects.workflow import COMMITMENT_WORKFLOW, CommitmentStatus
from commitments.seats.factories import a_seat_request, a_session
from core import french
from core.models import OutgoingMessage
from core.waits import sweep_all
from territories import delays
from territories.factories import CommuneFactory, DepartmentFactory
from territories.models import AgentTask
from territories.working_days import working_days_after

pytestmark = pytest.mark.django_db


def test_the_seat_of_one_region_is_chased_sooner_and_its_page_says_so(client, commit):
    here = a_seat_request(validated=True)
    far = DepartmentFactory(
        code="69", name="Rhône", region__code="84", region__name="Ailleurs", region__slug="a"
    )
    lyon = CommuneFactory(code="69123", name="Lyon", department=far)
    there = a_seat_request(session=a_session(action__commune=lyon), validated=True)
    with commit():
        delays.choose(here.department.region, "seat", {"first_reminder": 1, "second_reminder": 2, "agent": 3})
    today, code = timezone.localdate(), here.department_code
    last = french.day(working_days_after(today, 2, code), weekday=True)
    client.force_login(here.candidate.user)
    assertContains(client.get(reverse("commitments:my_seat", args=[here.pk])), f"Avant le {last}")
    usual = french.day(working_days_after(today, 10, "69"), weekday=True)
    client.force_login(there.candidate.user)
    assertContains(client.get(reverse("commitments:my_seat", args=[there.pk])), f"Avant le {usual}")

    day = working_days_after(today, 3, code)
    with time_machine.travel(dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)):
        sweep_all()
    [task] = AgentTask.objects.open()
    assert task.department_id == code
    assert task.detail.startswith("Personne n’a répondu en 2 jours ouvrés.")
    assert not OutgoingMessage.objects.filter(
        kind="commitments/seat_reminder", key__startswith=f"seat/{there.pk}/"
    ).exists()


@pytest.mark.parametrize("reminded", [0, 2], ids=["never reminded", "reminded"])
def test_an_end_brought_forward_warns_first_who_had_waited_longer_already(commit, reminded):
    check_in = CheckIn.objects.filter(seat_request=a_trainee(days=30, length=60), side="candidate").get()
    since = timezone.now() - dt.timedelta(days=9)
    CheckIn.objects.update(status="asked", waiting_since=since, wait_step=reminded)
    with commit():
        days = {"first_reminder": 2, "second_reminder": 3, "end": 5}
        delays.choose(check_in.seat_request.department.region, "check_in", days)
    for _ in range(2):
        sweep_all()
    check_in.refresh_from_db()
    assert check_in.status == "asked"
    told = OutgoingMessage.objects.filter(kind="commitments/check_in_reminder").count()
    assert told == (0 if reminded else 1)
    last = french.day(timezone.localdate() + delays.GRACE, weekday=True)
    [todo] = todos_of_candidate(check_in.seat_request.candidate.user)
    assert last in todo.by, "the page says the day on which it ends"
    with time_machine.travel(timezone.now() + delays.GRACE):
        sweep_all()
    check_in.refresh_from_db()
    assert check_in.status == "silent"


def test_every_wait_of_the_second_lifecycle_may_be_changed_where_it_happens():
    named = {choice.name for choice in delays.choices()}
    assert {*waiting.WAITS, "application", "report", "need", "following"} <= named
    of_projects = {it.status for it in COMMITMENT_WORKFLOW.waits} - {CommitmentStatus.PROPOSED}
    assert of_projects <= {wait.status for wait, *_ in waiting.WAITS.values() if wait}
