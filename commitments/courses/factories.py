"""People in training, for tests and the demo: as far along as one asks."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from commitments.courses import actions
from commitments.factories import a_sealed_project, reread
from commitments.seats import actions as seats
from commitments.seats import validating
from commitments.seats.factories import a_seat_request, advisor_of, open_space_of, trainer_of
from commitments.seats.models import SeatRequest
from tests.remembered import remembered
from trainings.factories import OpenOrganisationFactory, SessionFactory
from trainings.models import Session


def a_session_begun(*, days: int = 3, length: int = 60, **options: Any) -> Session:
    """It began some days ago."""
    first = timezone.localdate() - dt.timedelta(days=days)
    if "action" not in options and "action__training" not in options:
        options.setdefault("action__training__organisation", OpenOrganisationFactory())
    return SessionFactory(starts_on=first, ends_on=first + dt.timedelta(days=length), **options)


def move_session(session: Session, *, days: int = 3, length: int = 60) -> None:
    """As if time had passed: it began `days` ago."""
    first = timezone.localdate() - dt.timedelta(days=days)
    last = first + dt.timedelta(days=length)
    Session.objects.filter(pk=session.pk).update(starts_on=first, ends_on=last)


def whole(request: SeatRequest) -> SeatRequest:
    return SeatRequest.objects.for_page().get(pk=request.pk)


@remembered
def an_admitted_person(
    *, days: int = 3, length: int = 60, validated: bool = True, **options: Any
) -> SeatRequest:
    """Without a promise; both yes are there, and the first day has come."""
    session = options.pop("session", None) or a_session_begun(days=days, length=length)
    return whole(a_seat_request("admitted", session=session, validated=validated, **options))


@remembered
def a_trainee(*, days: int = 3, length: int = 60, **options: Any) -> SeatRequest:
    """In training since the first day."""
    request = an_admitted_person(days=days, length=length, **options)
    actions.enter_course(request, by=trainer_of(request), entered_on=request.session.starts_on)
    return whole(request)


@remembered
def an_admitted_project(*, days: int = 3, length: int = 60, **options: Any) -> SimpleNamespace:
    """A sealed promise with both yes, whose first day has come. `world.request`, `world.trainer`."""
    world = a_sealed_project(**options)
    world.request = SeatRequest.objects.get(commitment=world.commitment)
    world.trainer = open_space_of(world.request.organisation)
    world.advisor = advisor_of(world.request)
    validating.validate_project(world.request.validation, by=world.advisor, income="region")
    seats.admit_seat(world.request, by=world.trainer)
    _past(world, days, length)
    return world


def _past(world: SimpleNamespace, days: int, length: int) -> None:
    move_session(world.request.session, days=days, length=length)
    session = Session.objects.get(pk=world.request.session_id)
    longest = session.ends_on + dt.timedelta(days=60)  # type: ignore[operator]
    sealed = session.starts_on - dt.timedelta(days=20)  # type: ignore[operator]
    type(world.commitment).objects.filter(pk=world.commitment.pk).update(
        training_starts_on=session.starts_on,
        training_ends_on=session.ends_on,
        starts_by=longest,
        sealed_on=sealed,
    )
    SeatRequest.objects.filter(pk=world.request.pk).update(
        told_starts_on=session.starts_on, told_ends_on=session.ends_on
    )
    world.request, world.commitment = whole(world.request), reread(world.commitment)


@remembered
def a_project_in_training(*, days: int = 3, length: int = 60, **options: Any) -> SimpleNamespace:
    world = an_admitted_project(days=days, length=length, **options)
    actions.enter_course(world.request, by=world.trainer, entered_on=world.request.session.starts_on)
    world.request, world.commitment = whole(world.request), reread(world.commitment)
    return world


@remembered
def a_trained_project(result: str = "certified", **options: Any) -> SimpleNamespace:
    """The organisation has given its result."""
    world = a_project_in_training(days=60, length=60, **options)
    actions.finish_course(world.request, by=world.trainer, result=result)
    world.request, world.commitment = whole(world.request), reread(world.commitment)
    return world
