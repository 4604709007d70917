"""A first appointment: the company's times, one of them picked, never by two people."""

import datetime as dt

import icalendar
import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.utils import IntegrityError
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from core.models import OutgoingMessage
from core.rules import RuleBroken
from immersions.applications import actions as applications
from immersions.applications.models import EndReason
from immersions.appointments import actions
from immersions.appointments.clock import sweep_appointments
from immersions.appointments.models import Appointment, AppointmentTime, Kind
from immersions.appointments.workflow import APPOINTMENT_WORKFLOW, AppointmentStatus
from immersions.factories import ApplicationFactory, OfferFactory
from tests.race import overlapping

pytestmark = pytest.mark.django_db
PHONE = {"kind": Kind.PHONE, "minutes": 15}


def member_of(application):
    return application.offer.company.confirmed_members().first()


def in_days(days, hour=10):
    local = timezone.localtime() + dt.timedelta(days=days)
    return local.replace(hour=hour, minute=0, second=0, microsecond=0)


def offer(application, *starts, for_all=False):
    return actions.offer_times(
        application.offer.company, starts, by=member_of(application),
        application=None if for_all else application, **PHONE,
    )  # fmt: skip


def picked(application, days=3):
    [time] = offer(application, in_days(days))
    return actions.pick_time(application, time, by=application.candidate.user)


def messages(kind):
    return OutgoingMessage.objects.filter(kind=f"immersions/{kind}")


class TestPicking:
    def test_the_candidate_picks_one_and_both_calendars_have_it(self):
        application = ApplicationFactory()
        times = offer(application, in_days(3), in_days(4))
        [told] = messages("appointment_offered")
        assert len(told.context["times"]) == 2
        actions.pick_time(application, times[1], by=application.candidate.user)
        to = set(messages("appointment_booked").values_list("to", flat=True))
        assert {application.candidate.user.email, member_of(application).email} <= to
        for message in messages("appointment_booked"):
            [event] = icalendar.Calendar.from_ical(message.attachments[0]["text"]).walk("VEVENT")
            assert event.decoded("dtstart") == in_days(4)
            assert message.scope

    def test_from_then_on_the_company_reads_how_to_reach_the_person(self, client):
        application = ApplicationFactory()
        user = application.candidate.user
        client.force_login(member_of(application))
        address = reverse("immersions:received_application", args=[application.pk])
        assertNotContains(client.get(address), user.email)
        assertNotContains(client.get(address), user.last_name)
        picked(application)
        assertContains(client.get(address), user.email)

    def test_a_time_for_everybody_goes_to_one_person(self):
        application = ApplicationFactory()
        other = ApplicationFactory(offer=application.offer)
        [time] = offer(application, in_days(3), for_all=True)
        actions.pick_time(application, time, by=application.candidate.user)
        with pytest.raises(RuleBroken, match="vient d’être prise"):
            actions.pick_time(other, time, by=other.candidate.user)

    def test_the_database_gives_a_time_to_one_person(self):
        appointment = picked(ApplicationFactory())
        with pytest.raises(IntegrityError, match="appointment_one_person_at_a_time"), transaction.atomic():
            Appointment.objects.create(application=ApplicationFactory(), time=appointment.time)

    def test_somebody_elses_time_is_refused(self):
        application, other = ApplicationFactory(), ApplicationFactory()
        [time] = offer(other, in_days(3))
        with pytest.raises(RuleBroken, match="prise ou retirée"):
            actions.pick_time(application, time, by=application.candidate.user)

    def test_nobody_has_two_appointments_at_the_same_hour(self):
        application = ApplicationFactory()
        elsewhere = ApplicationFactory(candidate=application.candidate)
        picked(application)
        [time] = offer(elsewhere, in_days(3))
        with pytest.raises(RuleBroken, match="déjà un autre rendez-vous"):
            actions.pick_time(elsewhere, time, by=application.candidate.user)

    def test_another_time_moves_the_same_event(self):
        application = ApplicationFactory()
        appointment = picked(application)
        [later] = offer(application, in_days(5))
        actions.pick_time(application, later, by=application.candidate.user)
        [row] = Appointment.objects.all()
        assert (row.pk, row.time, row.calendar_sequence) == (appointment.pk, later, 2)
        assert row.events.last().transition == "move"
        assert AppointmentTime.objects.free_for(application).get() == appointment.time

    def test_a_time_that_is_past_is_not_offered(self):
        application = ApplicationFactory()
        with pytest.raises(RuleBroken, match="plus tard"):
            offer(application, in_days(-1))

    def test_only_a_confirmed_member_offers(self):
        application = ApplicationFactory()
        stranger = OfferFactory().company.confirmed_members().first()
        with pytest.raises(PermissionDenied):
            actions.offer_times(application.offer.company, [in_days(3)], by=stranger, **PHONE)


class TestEnds:
    @pytest.mark.parametrize("side", ["candidate", "company"])
    def test_either_side_cancels_and_both_calendars_forget(self, side):
        application = ApplicationFactory()
        appointment = picked(application)
        by = application.candidate.user if side == "candidate" else member_of(application)
        actions.cancel_appointment(appointment, by=by, words="Empêchement")
        assert {"METHOD:CANCEL" in it.attachments[0]["text"] for it in messages("appointment_cancelled")} == {
            True
        }
        is_free = AppointmentTime.objects.free_for(application).exists()
        assert is_free is (side == "candidate")
        application.refresh_from_db()
        assert application.status == "submitted"

    def test_the_end_of_the_application_cancels_it(self):
        application = ApplicationFactory()
        appointment = picked(application)
        by = application.candidate.user
        applications.withdraw_application(application, by=by, reason=EndReason.TRAVEL)
        appointment.refresh_from_db()
        assert appointment.status == "cancelled"
        assert messages("appointment_cancelled").exists()

    @pytest.mark.parametrize("side", ["candidate", "company"])
    def test_an_absence_is_noted_by_either_and_the_other_is_told(self, side):
        application = ApplicationFactory()
        appointment = picked(application)
        sides = {"candidate": application.candidate.user, "company": member_of(application)}
        with pytest.raises(RuleBroken, match="pas encore passée"):
            actions.note_absence(appointment, by=sides[side])
        with time_machine.travel(in_days(3, hour=12), tick=False):
            actions.note_absence(appointment, by=sides.pop(side))
        appointment.refresh_from_db()
        assert (appointment.status, appointment.noted_by) == ("missed", side)
        [other] = sides.values()
        assert other.email in messages("appointment_missed").values_list("to", flat=True)

    def test_reminded_the_day_before_once_and_closed_quietly(self):
        appointment = picked(ApplicationFactory())
        for days, reminders, status in ((1, 0, "booked"), (2, 1, "booked"), (3, 1, "booked"), (5, 1, "held")):
            with time_machine.travel(in_days(days, hour=9), tick=False):
                sweep_appointments()
                sweep_appointments()
            appointment.refresh_from_db()
            to_candidate = messages("appointment_reminder").filter(
                to=appointment.application.candidate.user.email
            )
            assert (to_candidate.count(), appointment.status) == (reminders, status)

    def test_a_reminder_past_its_hour_is_never_sent(self):
        picked(ApplicationFactory())
        with time_machine.travel(in_days(3, hour=11), tick=False):
            sweep_appointments()
        assert not messages("appointment_reminder").exists()

    @pytest.mark.parametrize("status", list(AppointmentStatus))
    @pytest.mark.parametrize("role", ["candidate", "company"])
    def test_who_may_cancel_is_what_the_table_says(self, status, role):
        application = ApplicationFactory()
        appointment = picked(application)
        Appointment.objects.filter(pk=appointment.pk).update(status=status)
        by = application.candidate.user if role == "candidate" else member_of(application)
        if APPOINTMENT_WORKFLOW.is_decided("cancel", status, role):
            actions.cancel_appointment(appointment, by=by)
            assert appointment.status == "cancelled"
        else:
            with pytest.raises(RuleBroken):
                actions.cancel_appointment(appointment, by=by)


class TestPages:
    def test_the_whole_way_by_the_pages(self, client):
        application = ApplicationFactory()
        client.force_login(member_of(application))
        day = in_days(3).date()
        typed = {"kind": "phone", "minutes": "20", "day_1": day.isoformat(), "hour_1": "10:00"}
        address = reverse("immersions:appointment_offer", args=[application.pk])
        assertContains(client.post(address, {**typed, "hour_1": ""}), "Dites l’heure.")
        assertContains(client.post(address, typed, follow=True), "Heures proposées")
        client.force_login(application.candidate.user)
        assertContains(client.get(reverse("candidate_space")), "vous propose un premier échange")
        mine = reverse("immersions:my_appointment", args=[application.pk])
        time = AppointmentTime.objects.get()
        assertContains(client.post(mine, {"time": "0"}), "Choisissez-en une autre")
        assertContains(client.post(mine, {"time": time.pk}, follow=True), "20 minutes, au téléphone")


@pytest.mark.django_db(transaction=True)
def test_two_people_pick_the_same_time_at_once():
    application = ApplicationFactory()
    other = ApplicationFactory(offer=application.offer)
    [time] = offer(application, in_days(3), for_all=True)

    def picking(it):
        return lambda: actions.pick_time(
            type(it).objects.get(pk=it.pk), AppointmentTime.objects.get(pk=time.pk), by=it.candidate.user
        )

    assert overlapping(picking(application), picking(other)) == "refused"
    assert Appointment.objects.count() == 1
