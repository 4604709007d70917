"""Nobody waits in silence: days 3, 7, 8 and 10, whatever the nights do."""

import dataclasses
import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from core import waits
from core.models import OutgoingMessage
from core.waits import sweep_all
from immersions.applications import actions
from immersions.factories import ApplicationFactory, QuestionFactory
from territories.agents import make_agent
from territories.delays import choose
from territories.delays_admin import DELAYS, TRAVEL
from territories.models import AgentTask

pytestmark = pytest.mark.django_db


def on_day(days: int, since: dt.datetime):
    return time_machine.travel(since + dt.timedelta(days=days), tick=False)


def sweep_on(days: int, application) -> None:
    with on_day(days, application.submitted_at):
        sweep_all()


def kinds() -> list[str]:
    rows = OutgoingMessage.objects.order_by("pk")
    return [row.kind.removeprefix("immersions/") for row in rows]


def reminders() -> list[int]:
    told = OutgoingMessage.objects.filter(kind="immersions/reminder_company", to_user__isnull=False)
    return [row.context["number"] for row in told.order_by("pk")]


class TestEachNight:
    def test_the_company_is_reminded_on_days_3_and_7(self):
        application = ApplicationFactory()
        seen = {}
        for day in range(8):
            sweep_on(day, application)
            seen[day] = reminders()
        assert seen[2] == []
        assert seen[3] == seen[6] == [1]
        assert seen[7] == [1, 2]
        assert not AgentTask.objects.exists()

    def test_an_agent_gets_a_task_on_day_8(self):
        application = ApplicationFactory()
        for day in range(9):
            sweep_on(day, application)
        task = AgentTask.objects.get()
        assert task.department == application.offer.commune.department
        assert str(application.pk) in task.url
        application.refresh_from_db()
        assert application.status == "submitted"

    def test_the_candidate_is_free_on_day_10(self):
        application = ApplicationFactory()
        for day in range(11):
            sweep_on(day, application)
        application.refresh_from_db()
        assert (application.status, application.ended_by) == ("expired", "system")
        assert application.events.last().by is None
        assert "expired" in kinds()

    def test_the_day_that_was_announced_is_the_day_of_the_end(self):
        application = ApplicationFactory()
        days = (application.answer_due_on - application.submitted_on).days
        sweep_on(days - 1, application)
        application.refresh_from_db()
        assert application.status == "submitted"
        sweep_on(days, application)
        application.refresh_from_db()
        assert application.status == "expired"


class TestOtherNights:
    def test_a_night_run_twice_changes_nothing(self):
        application = ApplicationFactory()
        once = []
        for day in range(11):
            sweep_on(day, application)
            once.append((kinds(), AgentTask.objects.count()))
            sweep_on(day, application)
            assert (kinds(), AgentTask.objects.count()) == once[-1]

    def test_after_nights_skipped_only_the_last_useful_reminder_leaves(self):
        application = ApplicationFactory()
        sweep_on(7, application)
        assert reminders() == [2]

    def test_after_ten_nights_skipped_the_candidate_is_told_and_nobody_is_reminded(self):
        application = ApplicationFactory()
        sweep_on(30, application)
        application.refresh_from_db()
        assert application.status == "expired"
        assert reminders() == []

    @pytest.mark.parametrize("status", ["booked", "declined", "withdrawn", "expired", "completed"])
    def test_who_has_an_answer_is_left_alone(self, status):
        application = ApplicationFactory(**{status: True})
        sweep_on(30, application)
        assert kinds() == []


class TestQuestions:
    def test_while_a_question_waits_it_is_the_candidate_who_is_reminded(self):
        application = QuestionFactory().application
        sweep_on(3, application)
        [row] = OutgoingMessage.objects.all()
        assert (row.kind, row.to_user) == ("immersions/question_reminder", application.candidate.user)

    def test_an_answer_gives_the_company_its_ten_days_again_and_its_reminders(self):
        application = QuestionFactory().application
        start = application.submitted_at
        with on_day(6, start):
            actions.answer_question(application, by=application.candidate.user, text="Oui")
        sweep_on(8, application)
        assert (reminders(), AgentTask.objects.count()) == ([], 0)
        sweep_on(9, application)
        assert reminders() == [1]
        sweep_on(15, application)
        application.refresh_from_db()
        assert application.status == "submitted"
        sweep_on(16, application)
        application.refresh_from_db()
        assert application.status == "expired"


def test_the_deadline_is_a_calendar_day_of_paris():
    late = dt.datetime(2026, 12, 1, 23, 30, tzinfo=dt.UTC)  # Already the 2nd in Paris.
    with time_machine.travel(late, tick=False):
        application = ApplicationFactory()
        assert timezone.localdate() == dt.date(2026, 12, 2)
    assert application.answer_due_on == dt.date(2026, 12, 12)


def test_one_row_that_cannot_be_moved_keeps_nobody_else_waiting(monkeypatch):
    poisoned, application = ApplicationFactory(), ApplicationFactory()
    remind = waits._watches["immersions.Application"].remind

    def fails_for_the_first(row, **step):
        if row.pk == poisoned.pk:
            raise ValueError
        remind(row, **step)

    watch = dataclasses.replace(waits._watches["immersions.Application"], remind=fails_for_the_first)
    monkeypatch.setitem(waits._watches, "immersions.Application", watch)
    sweep_on(3, application)
    told = OutgoingMessage.objects.filter(kind="immersions/reminder_company", to_user__isnull=False)
    assert {message.key.split("/")[1] for message in told} == {str(application.pk)}


def test_an_agent_changes_the_days_for_a_region(commit):
    application = ApplicationFactory()
    region = application.offer.commune.department.region
    with commit():
        choose(region, "application", {"first_reminder": 1, "second_reminder": 2, "agent": 3, "end": 4})
    assert (application.answer_due_on - application.submitted_on).days == 4
    for day, expected in ((1, ([1], 0)), (2, ([1, 2], 0)), (3, ([1, 2], 1))):
        sweep_on(day, application)
        assert (reminders(), AgentTask.objects.count()) == expected
    sweep_on(4, application)
    application.refresh_from_db()
    assert application.status == "expired"


def test_a_delay_that_an_agent_changes_changes_the_sweep(client, commit):
    application = ApplicationFactory()
    region = application.offer.commune.department.region
    client.force_login(make_agent("agent@region.example", region=region)[0])
    fields = [name for _, options in [*DELAYS, TRAVEL] for name in options["fields"]]
    typed = {name: getattr(region, name) for name in fields} | {"wait-application-first_reminder": 2}
    with commit():
        client.post(reverse("admin:territories_regiondelays_change", args=[region.pk]), typed)
    sweep_on(1, application)
    assert reminders() == []
    sweep_on(2, application)
    assert reminders() == [1]
