"""A session that changes while people follow it: told once, in plain words, and nothing is lost.

Before the entry, `commitments.seats.moves` does the same. Both go by what each person was told, so that
an import run twice, or an agent after it, changes nothing.
"""

import datetime as dt
import logging

from django.utils import timezone

from commitments.courses import agents, checkins, concerns, emails, internships
from commitments.courses.internship_models import Internship
from commitments.courses.models import Cause
from commitments.projects import amending
from commitments.projects.workflow import LOSE_SESSION, CommitmentStatus
from commitments.seats.holding import free_seat
from commitments.seats.models import LeaveReason, SeatRequest
from commitments.seats.moves import (
    Difference,
    check_told_otherwise,
    each_held,
    it_is_cancelled,
    note_difference,
)
from commitments.seats.workflow import STOP
from core.outbox import Message, post
from core.workflow import SYSTEM, apply
from territories.working_days import working_days_after

logger = logging.getLogger(__name__)


def follow_sessions() -> int:
    """Who follows a session that is not what they were told: an import, an agent, the sweep."""
    return each_held(SeatRequest.objects.told_otherwise_in_training(), _follow)


def _follow(request: SeatRequest) -> None:
    request.lock()
    check_told_otherwise(request, SeatRequest.objects.told_otherwise_in_training())
    if request.session.cancelled_at:
        _stop(request)
        return
    new = note_difference(request)
    checkins.follow_dates(request)
    whole = SeatRequest.objects.for_page().get(pk=request.pk)
    _tell(emails.session_moved(whole, new, contract_on=_contract_day(whole, new), outside=_outside(whole)))
    if new.is_gone:
        concerns.open_concern(request, Cause.SESSION)
    logger.info("session moved under way", extra={"seat_request": request.pk, "gone": new.is_gone})


def _contract_day(request: SeatRequest, new: Difference) -> dt.date | None:
    """From when the promised contract begins now, when the dates have moved and it still comes after them."""
    last, commitment = request.session.ends_on, request.commitment
    if not new.before or last is None or commitment is None or not commitment.is_live:
        return None
    if commitment.training_ends_on != last:  # Too late for what was signed: both sign a later start first.
        return None
    return working_days_after(last, 1, commitment.department_code)


def _outside(request: SeatRequest) -> list[Internship]:
    return list(Internship.objects.outside_their_session().filter(seat_request=request).for_list())


def _stop(request: SeatRequest) -> None:
    """The session is cancelled: nobody left it. The promise stands, and another session may be chosen."""
    free_seat(request)  # Nobody goes up: it does not take place any more.
    today = timezone.localdate()
    request.leave_reason, request.left_on, request.words = LeaveReason.CANCELLED, today, ""
    apply(STOP, request, role=SYSTEM, by=None, data={"left_on": today.isoformat()})
    it_is_cancelled(request)
    checkins.skip(request)
    internships.cancel_to_come(request)
    agents.nothing_left(request)
    commitment = request.commitment
    if commitment is not None and commitment.status == CommitmentStatus.IN_TRAINING:
        amending.drop_amendment_of_training(commitment)
        apply(LOSE_SESSION, commitment, role=SYSTEM, by=None, data={"left_on": today.isoformat()})
    whole = SeatRequest.objects.for_page().get(pk=request.pk)
    _tell(emails.session_cancelled(whole))
    agents.session_cancelled(whole)
    concerns.open_concern(request, Cause.SESSION)
    logger.info("session cancelled under way", extra={"seat_request": request.pk})


def _tell(messages: list[Message]) -> None:
    for message in messages:
        post(message)
