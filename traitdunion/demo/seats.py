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
from trainings.models import Session
from traitdunion.demo import accounts
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
        moment = past.moment(days_ago, key)
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
