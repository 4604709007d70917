"""The messages about a first appointment. Nothing is sent here."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.urls import reverse

from accounts.roles import CANDIDATE, COMPANY
from core.outbox import Message
from immersions.applications.calendar import CANCEL, REQUEST
from immersions.applications.emails import answers_of, to_candidate, to_company
from immersions.applications.models import Application
from immersions.appointments.calendar import invitation
from immersions.appointments.models import Appointment, AppointmentTime, Kind
from immersions.appointments.words import time_words


def offered(application: Application, times: list[AppointmentTime]) -> Message:
    return to_candidate(
        application,
        "appointment_offered",
        f"appointment/offered/{times[0].pk}",
        times=[time_words(time) for time in times],
        choose=settings.SITE_URL + reverse("immersions:my_appointment", args=[application.pk]),
    )


def booked(appointment: Appointment, *, before: str) -> list[Message]:
    """To both; the company reads how to reach the person."""
    context = {"before": before, **_reach(appointment)}
    return _to_both(appointment, "appointment_booked", "booked", method=REQUEST, **context)


def reminder(appointment: Appointment) -> list[Message]:
    return _to_both(appointment, "appointment_reminder", "reminder", **_reach(appointment))


def cancelled(appointment: Appointment, *, by_role: str, words: str) -> list[Message]:
    context = {"by_candidate": by_role == CANDIDATE, "by_company": by_role == COMPANY, "words": words}
    return _to_both(appointment, "appointment_cancelled", "cancelled", method=CANCEL, **context)


def missed(appointment: Appointment) -> list[Message]:
    """To the other side only: who says so knows it."""
    change = f"appointment/{appointment.pk}/missed"
    context: dict[str, Any] = {"when": time_words(appointment.time)}
    if appointment.noted_by == CANDIDATE:
        return to_company(appointment.application, "appointment_missed", change, is_company=True, **context)
    return [to_candidate(appointment.application, "appointment_missed", change, is_company=False, **context)]


def _to_both(
    appointment: Appointment, kind: str, what: str, *, method: str = "", **context: Any
) -> list[Message]:
    application = appointment.application
    change = f"appointment/{appointment.pk}/{what}/{appointment.calendar_sequence}"
    context |= {"when": time_words(appointment.time)}
    person = application.candidate.user
    messages = [to_candidate(application, kind, change, is_company=False, **context)]
    messages += to_company(
        application, kind, change, is_company=True,
        full_name=person.get_full_name(), email=person.email, phone=person.phone,
        answers=answers_of(application), **context,
    )  # fmt: skip
    return [_with_calendar(message, appointment, method) for message in messages] if method else messages


def _with_calendar(message: Message, appointment: Appointment, method: str) -> Message:
    name = message.to_user.get_full_name() if message.to_user else ""
    return replace(message, attachments=[invitation(appointment, method=method, to=message.to, name=name)])


def _reach(appointment: Appointment) -> dict[str, Any]:
    """How it takes place, in a sentence for each kind."""
    time, offer = appointment.time, appointment.application.offer
    where: dict[str, Callable[[], str]] = {
        Kind.PHONE: lambda: "L’entreprise appelle.",
        Kind.VIDEO: lambda: "",
        Kind.ON_SITE: lambda: f"{offer.company.name}, {offer.workplace}",
    }
    return {"where": " ".join(filter(None, [where[time.kind](), time.where]))}
