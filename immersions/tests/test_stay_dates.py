"""What the dates do: nobody starts unsigned, each stay starts and ends, whatever the nights do."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from candidates.factories import FollowingFactory
from core.models import OutgoingMessage
from core.waits import sweep_all
from immersions.agreements.factories import a_frozen_agreement
from immersions.applications.models import Booking
from immersions.stays.factories import a_stay
from immersions.stays.models import Notice, Report
from immersions.stays.sweeps import move_stays_by_date
from territories.delays import choose
from territories.models import AgentTask

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")


def at(day: dt.date, hour: int = 9, minute: int = 0):
    return time_machine.travel(dt.datetime.combine(day, dt.time(hour, minute), PARIS), tick=False)


def first_day_of(application) -> dt.date:
    return application.bookings.get().slot.first_day


def kinds() -> list[str]:
    return sorted(row.kind.removeprefix("immersions/stay_") for row in OutgoingMessage.objects.all())


def status_of(application) -> str:
    application.refresh_from_db()
    return application.status


class TestStartAndFinish:
    def test_it_starts_on_its_first_day_and_not_before(self):
        application = a_stay("confirmed", begins_in=5)
        day = first_day_of(application)
        with at(day - dt.timedelta(days=1), 23, 50):
            move_stays_by_date()
            assert status_of(application) == "confirmed"
        with at(day, 0, 10):
            move_stays_by_date()
            assert status_of(application) == "in_progress"

    def test_it_ends_after_its_last_hour_and_both_reports_are_asked(self):
        application = a_stay("in_progress", begins_in=-1)
        last = first_day_of(application) + dt.timedelta(days=1)
        with at(last, 15, 50):
            move_stays_by_date()
            assert status_of(application) == "in_progress"
        with at(last, 16, 10):
            move_stays_by_date()
            assert status_of(application) == "completed"
        assert sorted(Report.objects.values_list("side", flat=True)) == ["candidate", "company"]
        assert {"report", "report_company"} <= set(kinds())

    def test_a_night_run_twice_changes_nothing(self):
        application = a_stay("in_progress", begins_in=-2)
        move_stays_by_date()
        once = kinds(), application.events.count(), Report.objects.count()
        assert move_stays_by_date() == 0
        assert (kinds(), application.events.count(), Report.objects.count()) == once

    def test_after_nights_skipped_one_turn_does_all_of_it(self):
        application = a_stay("confirmed", begins_in=2)
        with at(first_day_of(application) + dt.timedelta(days=20)):
            move_stays_by_date()
        assert status_of(application) == "completed"
        assert [event.transition for event in application.events.all()] == ["start", "finish"]

    def test_a_stay_over_the_change_to_summer_time_ends_at_its_hour_in_paris(self):
        with at(dt.date(2027, 3, 26)):
            application = a_stay("in_progress", begins_in=0, days=4)  # Friday to Monday.
        with at(dt.date(2027, 3, 29), 15, 59):
            move_stays_by_date()
            assert status_of(application) == "in_progress"
        with at(dt.date(2027, 3, 29), 16, 0):
            move_stays_by_date()
            assert status_of(application) == "completed"


class TestLapse:
    def test_the_evening_before_an_unsigned_immersion_is_cancelled_and_its_place_freed(self):
        application = a_stay("booked", begins_in=5)
        slot, day = application.bookings.get().slot, first_day_of(application)
        with at(day - dt.timedelta(days=1), 19, 50):
            move_stays_by_date()
            assert status_of(application) == "booked"
        with at(day - dt.timedelta(days=1), 20, 0):
            move_stays_by_date()
        assert status_of(application) == "cancelled"
        assert (application.end_reason, application.ended_by) == ("not_signed", "system")
        slot.refresh_from_db()
        assert slot.places_taken == 0
        assert {"lapsed", "lapsed_company"} <= set(kinds())
        assert (
            OutgoingMessage.objects.get(kind="immersions/stay_lapsed")
            .attachments[0]["type"]
            .startswith("text/calendar; method=CANCEL")
        )

    def test_after_a_night_skipped_nobody_starts_unsigned(self):
        application = a_stay("booked", begins_in=2)
        with at(first_day_of(application) + dt.timedelta(days=1)):
            move_stays_by_date()
        assert status_of(application) == "cancelled"
        assert not Booking.objects.filter(application=application).exists()

    def test_its_agreement_is_void(self):
        world = a_frozen_agreement()
        day = first_day_of(world.application)
        with at(day - dt.timedelta(days=1), 20, 5):
            move_stays_by_date()
        world.agreement.refresh_from_db()
        assert world.agreement.status == "void"
        assert status_of(world.application) == "cancelled"


class TestSheet:
    def test_it_leaves_three_days_before_once(self):
        application = a_stay("confirmed", begins_in=6)
        day = first_day_of(application)
        for left, expected in ((4, []), (3, ["sheet", "sheet_company"]), (2, ["sheet", "sheet_company"])):
            with at(day - dt.timedelta(days=left)):
                move_stays_by_date()
                move_stays_by_date()
            assert sorted(set(kinds())) == expected
        assert Notice.objects.count() == 1

    def test_who_is_confirmed_late_gets_it_at_once(self):
        a_stay("confirmed", begins_in=1)
        move_stays_by_date()
        assert "sheet" in kinds()

    def test_it_is_never_sent_after_the_start(self):
        application = a_stay("confirmed", begins_in=3)
        with at(first_day_of(application), 8, 30):
            move_stays_by_date()
        assert "sheet" not in kinds()

    def test_an_agent_changes_the_day_for_a_region(self):
        application = a_stay("confirmed", begins_in=6)
        region = application.offer.commune.department.region
        region.sheet_days = 6
        region.save()
        move_stays_by_date()
        assert "sheet" in kinds()


class TestAgreementReminders:
    def test_who_has_not_signed_is_reminded_five_and_two_days_before(self):
        world = a_frozen_agreement()
        day = first_day_of(world.application)
        told = {}
        for left in (6, 5, 4, 2, 1):
            with at(day - dt.timedelta(days=left)):
                move_stays_by_date()
            told[left] = OutgoingMessage.objects.filter(kind="immersions/stay_agreement_reminder").count()
        assert told[6] == 0
        assert told[5] == told[4] == 3
        assert told[2] == told[1] == 6

    def test_after_nights_skipped_only_the_last_useful_one_leaves(self):
        world = a_frozen_agreement()
        with at(first_day_of(world.application) - dt.timedelta(days=1)):
            move_stays_by_date()
        assert list(Notice.objects.values_list("kind", flat=True)) == ["agreement_2"]

    def test_it_is_never_sent_once_the_place_is_given_back(self):
        world = a_frozen_agreement()
        with at(first_day_of(world.application) - dt.timedelta(days=1), 20, 5):
            move_stays_by_date()
        assert "agreement_reminder" not in kinds()


class TestMissingReports:
    def ended(self):
        application = a_stay("in_progress", begins_in=-1)
        last = first_day_of(application) + dt.timedelta(days=1)
        with at(last, 17):
            move_stays_by_date()
        return application, last

    def numbers(self, side: str = "report") -> list[int]:
        rows = OutgoingMessage.objects.filter(kind=f"immersions/stay_{side}").order_by("pk")
        return [row.context["number"] for row in rows]

    def test_it_is_asked_again_after_three_and_ten_days_then_an_agent_gets_a_task(self):
        application, last = self.ended()
        seen = {}
        for days in (2, 3, 9, 10, 11):
            with at(last + dt.timedelta(days=days)):
                sweep_all()
                sweep_all()
            seen[days] = self.numbers(), AgentTask.objects.filter(kind="missing_report").count()
        assert seen[2] == ([0], 0)
        assert seen[3] == seen[9] == ([0, 1], 0)
        assert seen[10] == seen[11] == ([0, 1, 2], 2)
        assert AgentTask.objects.first().department == application.offer.commune.department

    def test_the_days_count_from_the_end_even_when_the_night_was_late(self):
        application = a_stay("in_progress", begins_in=-1)
        last = first_day_of(application) + dt.timedelta(days=1)
        with at(last + dt.timedelta(days=4)):
            move_stays_by_date()
            sweep_all()
        assert self.numbers() == [0, 1]

    def test_who_has_answered_is_left_alone(self):
        _, last = self.ended()
        report = Report.objects.get(side="candidate")
        from immersions.stays.report_actions import Answers, give_report

        answers = Answers(came="yes", fits="yes", goes_on="yes")
        give_report(report, answers, by=report.application.candidate.user)
        with at(last + dt.timedelta(days=10)):
            sweep_all()
        assert self.numbers() == [0]
        assert AgentTask.objects.filter(kind="missing_report").count() == 1

    def test_an_agent_changes_the_days_for_a_region(self, commit):
        application, last = self.ended()
        region = application.offer.commune.department.region
        with commit():
            choose(region, "report", {"first_reminder": 1, "second_reminder": 2, "agent": 2})
        with at(last + dt.timedelta(days=1)):
            sweep_all()
        assert self.numbers() == [0, 1]
        with at(last + dt.timedelta(days=2)):
            sweep_all()
        assert AgentTask.objects.count() == 2


def test_the_advisor_is_told_of_a_lapse():
    application = a_stay("booked", begins_in=1)
    FollowingFactory(candidate=application.candidate, followed=True)
    with at(timezone.localdate(), 20, 30):
        move_stays_by_date()
    assert "lapsed_advisor" in kinds()
