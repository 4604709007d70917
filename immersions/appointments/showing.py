"""What pages and spaces say of a first appointment."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.todo import Todo
from immersions.applications.models import Application
from immersions.applications.workflow import BEFORE_START
from immersions.appointments.models import Appointment, AppointmentTime
from immersions.appointments.words import time_words
from immersions.appointments.workflow import CANCEL, MISS, TAKES_ITS_TIME


@dataclass(frozen=True, slots=True)
class Shown:
    """The latest appointment of an application, and the times that may still be picked."""

    appointment: Appointment | None
    times: list[AppointmentTime]
    is_ahead: bool

    @property
    def when(self) -> str:
        return time_words(self.appointment.time) if self.appointment else ""

    @property
    def where(self) -> str:
        return self.appointment.time.where if self.appointment else ""

    @property
    def is_over(self) -> bool:
        return self.appointment is not None and self.appointment.time.starts_at <= timezone.now()

    @property
    def is_booked(self) -> bool:
        return self.appointment is not None and self.appointment.status == "booked"

    @property
    def can_cancel(self) -> bool:
        return self.is_booked and not self.is_over and CANCEL.is_possible_from("booked")

    @property
    def can_miss(self) -> bool:
        return (
            self.appointment is not None and self.is_over and MISS.is_possible_from(self.appointment.status)
        )

    @property
    def can_pick(self) -> bool:
        return self.is_ahead and bool(self.times) and not (self.is_booked and self.is_over)


def shown(application: Application) -> Shown:
    latest = Appointment.objects.filter(application=application).exclude(status="cancelled")
    is_ahead = application.status in BEFORE_START
    times = list(AppointmentTime.objects.free_for(application)) if is_ahead else []
    return Shown(latest.select_related("time").order_by("-pk").first(), times, is_ahead)


def may_be_reached(application: Application) -> bool:
    """From the first appointment or the booking on, the company reads contact details (rule 6)."""
    if application.holds_places:
        return True
    return Appointment.objects.filter(application=application, status__in=TAKES_ITS_TIME).exists()


def todos_for_candidate(user: User) -> list[Todo]:
    """Pick one of the times offered; be there tomorrow stands in the reminder, not here."""
    offered = AppointmentTime.objects.filter(
        application__candidate__user=user, application__status__in=BEFORE_START, is_open=True,
        starts_at__gt=timezone.now(),
    ).exclude(application__appointments__status__in=TAKES_ITS_TIME)  # fmt: skip
    first: dict[int, AppointmentTime] = {}
    for time in offered.select_related("application__offer__company").order_by("starts_at", "pk"):
        first.setdefault(time.application_id, time)
    return [_to_pick(time) for time in first.values()]


def _to_pick(time: AppointmentTime) -> Todo:
    due = timezone.localtime(time.starts_at).date()
    return Todo(
        what=f"{time.application.offer.company.name} vous propose un premier échange",
        why="Choisissez l’heure qui vous va : quelques minutes, avant l’immersion.",
        url=reverse("immersions:my_appointment", args=[time.application_id]),
        label="Choisir l’heure",
        due_on=due,
    )


def todos_for_company(user: User) -> list[Todo]:
    """Today's and tomorrow's appointments."""
    latest = timezone.localdate() + dt.timedelta(days=1)
    soon = Appointment.objects.received_by(user).booked().for_page().filter(
        time__starts_at__gt=timezone.now(), time__starts_at__date__lte=latest
    )  # fmt: skip
    return [
        Todo(
            what=f"Rendez-vous avec {it.application.candidate.user.first_name}",
            why=time_words(it.time),
            url=reverse("immersions:received_application", args=[it.application_id]),
            label="Voir comment le joindre",
            due_on=timezone.localtime(it.time.starts_at).date(),
        )
        for it in soon
    ]
