"""Who may open what, for first appointments: the candidate's own, the confirmed members' own."""

import datetime as dt
from types import SimpleNamespace

from django.utils import timezone

from immersions.appointments.models import Appointment, AppointmentTime
from immersions.tests.access_applications import of_application
from tests.access.answers import (
    CANDIDATE,
    ELSEWHERE,
    LOGIN,
    MEMBER,
    NOT_A_LINK,
    OTHER_MEMBER,
    VISITOR,
    Route,
    all_answer,
    only,
)

NOT_READ = all_answer(NOT_A_LINK, **{VISITOR: LOGIN})


def a_time(world: SimpleNamespace) -> AppointmentTime:
    return AppointmentTime.objects.create(
        company=world.company,
        starts_at=timezone.now() + dt.timedelta(days=3),
        offered_by=world.company.confirmed_members().first(),
    )


def of_time(world: SimpleNamespace) -> list:
    return [a_time(world).pk]


def of_appointment(world: SimpleNamespace) -> list:
    return [Appointment.objects.create(application=world.application, time=a_time(world)).pk]


def ending(role: str) -> Route:
    """An empty answer is an answer: no word is asked for."""
    return Route(get=only(role), post=only(role, answer=ELSEWHERE), args=of_appointment)


def noting(role: str) -> Route:
    return Route(get=NOT_READ, post=only(role, answer=ELSEWHERE), args=of_appointment)


ROUTES = {
    "immersions:company_times": Route(get=only(MEMBER, OTHER_MEMBER), post=only(MEMBER, OTHER_MEMBER)),
    "immersions:time_withdraw": Route(get=NOT_READ, post=only(MEMBER, answer=ELSEWHERE), args=of_time),
    "immersions:appointment_offer": Route(get=only(MEMBER), post=only(MEMBER), args=of_application),
    "immersions:my_appointment": Route(get=only(CANDIDATE), post=only(CANDIDATE), args=of_application),
    "immersions:my_appointment_cancel": ending(CANDIDATE),
    "immersions:received_appointment_cancel": ending(MEMBER),
    "immersions:my_appointment_missed": noting(CANDIDATE),
    "immersions:received_appointment_missed": noting(MEMBER),
}
