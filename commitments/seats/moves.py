"""What dates and catalogues do to seats: by state, so that a night skipped or run twice changes nothing.

A request remembers what the person was told of the session; whatever changed it (an import, an agent,
the organisation), the sweep sees the difference, tells it once, and remembers it.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone

from commitments.projects.models import Commitment
from commitments.seats import actions, agents, emails
from commitments.seats.finding import find_who_validates
from commitments.seats.holding import move_up, waiting_for
from commitments.seats.models import ProjectValidation, SeatRequest
from commitments.seats.soon import call_day
from commitments.seats.workflow import BEFORE_ENTRY, PROJECT_WORKFLOW, SEAT_WORKFLOW
from commitments.waiting import of_seat
from core import french
from core.outbox import post
from core.rules import RuleBroken
from core.sweeps import each_alone
from core.waits import Watch
from core.workflow import SYSTEM
from territories.delays import wait_in, waits_of
from territories.working_days import working_days_between
from trainings.models import Session, SessionSeats
from trainings.seats import follow_figure

logger = logging.getLogger(__name__)


def sweep_seats() -> int:
    """The first day for those who have no answer; other dates, or no session any more."""
    return (
        each_held(SeatRequest.objects.to_lapse(), actions.lapse_seat)
        + follow_sessions()
        + each_alone(SeatRequest.objects.without_advisor().order_by("pk"), _find_who_validates)
    )


def _find_who_validates(pk: int) -> bool:
    return find_who_validates(SeatRequest.objects.for_page().get(pk=pk))


def follow_sessions() -> int:
    """Who holds or awaits a seat in a session that is not what they were told: told, once."""
    crowded = SessionSeats.objects.filter(session__seats_total__lt=F("taken"))
    each_alone(crowded.order_by("pk"), _tell_crowded)
    return each_held(SeatRequest.objects.told_otherwise(), _follow)


def _tell_crowded(pk: int) -> None:
    whole = SessionSeats.objects.select_related(
        "session__action__training", "session__action__commune__department"
    )
    seats = whole.get(pk=pk)
    if seats.session.seats_total is not None:
        agents.more_holds_than_seats(seats.session, seats.taken - seats.session.seats_total)


def each_held(rows: QuerySet, act: Callable[[SeatRequest], None]) -> int:
    """The project is held before the request that belongs to it."""

    def one(pk: int) -> None:
        commitment = SeatRequest.objects.values_list("commitment", flat=True).get(pk=pk)
        if commitment:
            Commitment.objects.get(pk=commitment).lock()
        act(SeatRequest.objects.select_related("session__action__training", "commitment").get(pk=pk))

    return each_alone(rows.order_by("pk"), one)


@dataclass(frozen=True, slots=True)
class Difference:
    """What is new about a session, for who was told otherwise."""

    before: str
    """The dates that they knew; empty when those have not moved."""
    is_gone: bool
    is_back: bool


def check_told_otherwise(request: SeatRequest, rows: QuerySet) -> None:
    """Once the request is held: two imports at once tell one thing once."""
    if not rows.filter(pk=request.pk).exists():
        raise RuleBroken("C’est déjà dit.", code="told")


def _follow(request: SeatRequest) -> None:
    request.lock()
    check_told_otherwise(request, SeatRequest.objects.told_otherwise())
    if request.session.cancelled_at:
        actions.release_seat(request, by=None, why="cancelled")
        it_is_cancelled(request)
        return
    new = note_difference(request)
    whole = SeatRequest.objects.for_page().get(pk=request.pk)
    for message in emails.session_moved(whole, before=new.before, is_gone=new.is_gone, is_back=new.is_back):
        post(message)


def note_difference(request: SeatRequest) -> Difference:
    """What the session has become is what the person knows; their project follows it. The caller holds both."""
    session, before, was_gone = request.session, _dates_told(request), request.told_gone
    is_gone = not Session.objects.current().filter(pk=session.pk).exists()
    moved = (request.told_starts_on, request.told_ends_on) != (session.starts_on, session.ends_on)
    _remember(request, is_gone=is_gone)
    data = {"before": before, "now": session.dates, "gone": is_gone}
    request.record("session_moved", before=request.status, role=SYSTEM, by=None, data=data)
    _move_project(request)
    if is_gone:
        agents.session_vanished(request)
    elif was_gone:
        agents.session_settled(session)
    return Difference(before if moved else "", is_gone, was_gone and not is_gone)


def it_is_cancelled(request: SeatRequest) -> None:
    """Nobody has to ask whether it takes place any more."""
    agents.session_settled(request.session)
    _remember(request, is_gone=True)


def _remember(request: SeatRequest, *, is_gone: bool) -> None:
    session = request.session
    request.told_starts_on, request.told_ends_on = session.starts_on, session.ends_on
    request.told_gone = is_gone
    request.save(update_fields=["told_starts_on", "told_ends_on", "told_gone"])


def _dates_told(request: SeatRequest) -> str:
    if request.told_starts_on is None:
        return ""
    if request.told_ends_on is None:
        return f"à partir du {french.day(request.told_starts_on)}"
    return f"du {french.day(request.told_starts_on)} au {french.day(request.told_ends_on)}"


def _move_project(request: SeatRequest) -> None:
    """The project follows its session, as long as it still ends before the hiring: later, both must
    sign a change, and the message says so.
    """
    commitment, session = request.commitment, request.session
    if commitment is None or not commitment.is_live or session.ends_on is None:
        return
    too_late = commitment.starts_by is not None and session.ends_on >= commitment.starts_by
    too_soon = commitment.sealed_on and session.starts_on and session.starts_on <= commitment.sealed_on
    if too_late or too_soon:
        return
    commitment.training_starts_on, commitment.training_ends_on = session.starts_on, session.ends_on
    commitment.save(update_fields=["training_starts_on", "training_ends_on"])
    data = {"starts_on": str(session.starts_on), "ends_on": str(session.ends_on)}
    commitment.record("session_moved", before=commitment.status, role=SYSTEM, by=None, data=data)


# --- Figures -------------------------------------------------------------------------------------
def follow_figures(session: Session, **about: Any) -> None:
    """The session says anew how many seats are left: those who wait go up; too few, an agent is asked."""
    waiting = waiting_for(session)
    admitted = SeatRequest.objects.admitted().filter(session=session)
    missing = follow_figure(session, already_counted=admitted.count)
    left = session.seats_left
    if missing:
        agents.more_holds_than_seats(session, missing)
    elif left:  # Unknown moves nobody.
        move_up(waiting)


# --- Waiting -------------------------------------------------------------------------------------
def _remind(request: SeatRequest, *, number: int) -> None:
    for message in emails.reminder(SeatRequest.objects.for_page().get(pk=request.pk), number=number):
        post(message)


def _escalate(request: SeatRequest) -> None:
    agents.organisation_is_silent(SeatRequest.objects.for_page().get(pk=request.pk))


def _never(row: Any) -> None:
    """Silence ends nothing: the first day of the session does."""


def _working_days(request: SeatRequest) -> int:
    return _waited(request.waiting_since, request, "seat")


def _waited(since: Any, request: SeatRequest, name: str) -> int:
    """Counted where the session is: public holidays are not the same everywhere. When it begins soon,
    the time is over.
    """
    today, department = timezone.localdate(), request.department_code
    waited, called = working_days_between(timezone.localdate(since), today, department), call_day(request)
    if called is None or today < called:
        return waited
    return max(waited, wait_in(department, name).escalation or 0)


SEATS = Watch(
    model=SeatRequest,
    workflow=SEAT_WORKFLOW,
    remind=_remind,
    escalate=_escalate,
    end=_never,
    waited=_working_days,
    wait_of=waits_of("seat", of_seat),
)


def _is_awaited(validation: ProjectValidation) -> bool:
    return validation.seat_request.status in BEFORE_ENTRY


def _remind_advisor(validation: ProjectValidation, *, number: int) -> None:
    if _is_awaited(validation):
        whole = SeatRequest.objects.for_page().get(pk=validation.seat_request_id)
        for message in emails.validation_reminder(whole, number=number):
            post(message)


def _escalate_advisor(validation: ProjectValidation) -> None:
    if _is_awaited(validation):
        agents.advisor_is_silent(SeatRequest.objects.for_page().get(pk=validation.seat_request_id))


def _working_days_validating(validation: ProjectValidation) -> int:
    return _waited(validation.waiting_since, validation.seat_request, "validation")


VALIDATIONS = Watch(
    model=ProjectValidation,
    workflow=PROJECT_WORKFLOW,
    remind=_remind_advisor,
    escalate=_escalate_advisor,
    end=_never,
    waited=_working_days_validating,
    wait_of=waits_of("validation", of_seat),
)
