"""People of the demo who ask for a seat in a training, without a promise: one at each step."""

import datetime as dt
from collections.abc import Callable

from django.utils import timezone

from accounts.models import User
from candidates.models import Candidate
from candidates.structures.models import Following
from commitments.seats import actions, validating
from commitments.seats.models import (
    Income,
    ProjectValidation,
    ProjectValidationEvent,
    RefusalReason,
    SeatRequest,
    SeatRequestEvent,
)
from commitments.seats.workflow import SeatStatus
from trainings.models import Session, TrainingAction
from trainings.models.sessions import SessionStatus
from traitdunion.demo import accounts
from traitdunion.demo.catalogue import monday_after
from traitdunion.demo.past import Past

Step = Callable[[SeatRequest, User], None]


def _asked(request: SeatRequest, trainer: User) -> None:
    """Nobody has answered yet."""


def _invited(request: SeatRequest, trainer: User) -> None:
    day = timezone.localdate() + dt.timedelta(days=6)
    at = timezone.make_aware(dt.datetime.combine(day, dt.time(9)))
    place = f"{request.organisation.name}, salle 2"
    actions.invite_to_meeting(request, by=trainer, at=at, place=place)


def _admitted(request: SeatRequest, trainer: User) -> None:
    actions.admit_seat(request, by=trainer)
    _validated(request)


def _validated(request: SeatRequest) -> None:
    following = Following.objects.live().filter(candidate=request.candidate).first()
    advisor = following.structure.confirmed_members().first() if following else None
    if advisor is not None:
        validating.validate_project(request.validation, by=advisor, income=Income.REGION)


def _waiting(request: SeatRequest, trainer: User) -> None:
    actions.waitlist_seat(request, by=trainer)


def _refused(request: SeatRequest, trainer: User) -> None:
    words = "Le permis B est demandé pour aller sur les chantiers."
    actions.refuse_seat(request, by=trainer, reason=RefusalReason.PREREQUISITES, words=words)


# Who waits for an answer has asked less than five working days ago: nobody is reminded of the past.
STORIES: tuple[tuple[str, str, int, Step], ...] = (
    ("thierry.humbert", accounts.TRAINER, 12, _admitted),
    ("noah.keller", accounts.TRAINER, 3, _asked),
    ("kevin.schneider", accounts.TRAINER, 4, _invited),
    ("mariam.diallo", accounts.TRAINER, 5, _waiting),
    ("lucas.henry", accounts.TRAINER_54, 8, _refused),
    ("yasmine.amari", accounts.TRAINER_54, 2, _asked),
)


def seed_seats(past: Past) -> None:
    """By the site's own actions; who has asked once is left alone."""
    for key, email, days_ago, step in STORIES:
        candidate = Candidate.objects.filter(user__email=f"{key}@{accounts.DOMAIN}").first()
        trainer = User.objects.filter(email=email).first()
        session = _next_session_of(trainer)
        if candidate is None or session is None or SeatRequest.objects.filter(candidate=candidate).exists():
            continue
        request = actions.request_seat(candidate, session, by=candidate.user)
        step(request, trainer)
        _move(past, past.moment(days_ago, key), request)
    seed_waiting_list(past)


# A small group: two seats, four who ask. One gives theirs back: the first who waits goes up.
FULL, SEATS = "demo-full-macon", 2
ASKERS = (("sophie.lambert", 14), ("olena.kovalenko", 13), ("camille.didier", 10), ("amine.bouzid", 9))
GIVES_BACK, GIVEN_BACK = "olena.kovalenko", 2


def seed_waiting_list(past: Past) -> None:
    """By the site's own actions, once."""
    if Session.objects.filter(external_id=FULL).exists():
        return
    session = _small_session()
    trainer = User.objects.get(email=accounts.TRAINER)
    for key, days_ago in ASKERS:
        candidate = Candidate.objects.select_related("user").get(user__email=f"{key}@{accounts.DOMAIN}")
        request = actions.request_seat(candidate, session, by=candidate.user)
        _move(past, past.moment(days_ago, key), request)
        if request.status == SeatStatus.REQUESTED:
            actions.admit_seat(request, by=trainer)
        _validated(request)
        _move(past, past.moment(days_ago - 2, key), request)
    first = SeatRequest.objects.get(session=session, candidate__user__email=f"{GIVES_BACK}@{accounts.DOMAIN}")
    actions.withdraw_seat(first, by=first.candidate.user, words="J’ai trouvé un emploi.")
    moment = past.moment(GIVEN_BACK, FULL)
    for request in SeatRequest.objects.filter(session=session):
        _move(past, moment, request)


def _small_session() -> Session:
    today = timezone.localdate()
    monday = monday_after(today + dt.timedelta(weeks=7))
    return Session.objects.create(
        action=TrainingAction.objects.get(external_id="demo-macon-57463"),
        external_id=FULL,
        starts_on=monday,
        ends_on=monday + dt.timedelta(weeks=22, days=-3),
        status=SessionStatus.OPEN,
        seats_total=SEATS,
        seats_left=SEATS,
    )


def _move(past: Past, moment: dt.datetime, request: SeatRequest) -> None:
    past.move(moment, SeatRequest, "id", request.pk)
    past.move(moment, SeatRequestEvent, "seat_request_id", request.pk)
    past.move(moment, ProjectValidation, "seat_request_id", request.pk)
    past.move(moment, ProjectValidationEvent, "validation_id", request.validation.pk)
    past.move_messages(moment)


def _next_session_of(trainer: User | None) -> Session | None:
    if trainer is None:
        return None
    mine = Session.objects.bookable_for_pledge().filter(
        action__training__organisation__organisation__memberships__user=trainer, ends_on__isnull=False
    )
    return mine.order_by("starts_on", "pk").first()
