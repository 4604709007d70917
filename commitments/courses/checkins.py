"""« Comment ça se passe ? » Asked in the middle of the training, to both sides; one click answers.

Worried, or silent twice: somebody who accompanies calls (`commitments.courses.concerns`).
"""

import datetime as dt
import logging

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import CANDIDATE, COMPANY
from commitments.courses import concerns, emails
from commitments.courses.models import Cause, CheckIn
from commitments.courses.workflow import (
    ASK,
    GO_SILENT,
    PLAN,
    PLAN_AGAIN,
    SAY_FINE,
    SAY_WORRIED,
    SILENCES,
    SKIP,
    CheckInStatus,
    moments_between,
)
from commitments.seats.models import SeatRequest
from commitments.seats.workflow import SeatStatus
from core.outbox import post
from core.rules import RuleBroken
from core.workflow import SYSTEM, apply, check

logger = logging.getLogger(__name__)


def plan(request: SeatRequest) -> int:
    """Both sides will be asked, on days that the session's dates give. Returns how many were planned."""
    first = request.entered_on or request.session.starts_on
    last = request.session.ends_on
    if first is None or last is None:
        return 0
    sides = [CANDIDATE, COMPANY] if request.is_promised else [CANDIDATE]
    known = {(it.side, it.number): it for it in CheckIn.objects.filter(seat_request=request)}
    planned = 0
    for number, day in enumerate(moments_between(first, last, request.department_code), start=1):
        for side in sides:
            planned += _plan_one(request, known.get((side, number)), side=side, number=number, day=day)
    return planned


def _plan_one(request: SeatRequest, known: CheckIn | None, *, side: str, number: int, day: dt.date) -> int:
    """A new one; or one that had no object any more, and whose day is still to come."""
    if known is None:
        row = CheckIn.objects.create(seat_request=request, side=side, number=number, due_on=day)
        row.record(PLAN, role=SYSTEM, by=None)
        return 1
    if known.status != CheckInStatus.MOOT or day < timezone.localdate():
        return 0
    known.due_on = day
    apply(PLAN_AGAIN, known, role=SYSTEM, by=None)
    return 1


def follow_dates(request: SeatRequest) -> None:
    """The session's dates have moved: what was not asked yet moves with them. The caller holds the request."""
    first, last = request.entered_on or request.session.starts_on, request.session.ends_on
    if first is None or last is None:
        return
    days = dict(enumerate(moments_between(first, last, request.department_code), start=1))
    rows = CheckIn.objects.filter(seat_request=request, status=CheckInStatus.PLANNED)
    for row in rows.select_for_update(of=("self",), no_key=True):
        if row.number in days:
            row.due_on = days[row.number]
            row.save(update_fields=["due_on"])
        else:
            apply(SKIP, row, role=SYSTEM, by=None)
    plan(request)


@transaction.atomic
def ask(check_in: CheckIn) -> None:
    """The day has come. The session's dates may have moved since: then the day moves too."""
    request = SeatRequest.objects.select_related("session").get(pk=check_in.seat_request_id)
    request.lock()
    check_in.lock()
    check(ASK, check_in, role=SYSTEM)
    first, last = request.entered_on or request.session.starts_on, request.session.ends_on
    today = timezone.localdate()
    if request.status != SeatStatus.ENTERED or (last is not None and last <= today):
        apply(SKIP, check_in, role=SYSTEM, by=None)
        return
    days = moments_between(first, last, request.department_code) if first and last else []
    if len(days) >= check_in.number and days[check_in.number - 1] > today:
        check_in.due_on = days[check_in.number - 1]
        check_in.save(update_fields=["due_on"])
        return
    later = CheckIn.objects.filter(seat_request=request, side=check_in.side, number__gt=check_in.number)
    if later.filter(due_on__lte=today).exists():  # Nights were missed: one asks once, not twice the same day.
        apply(SKIP, check_in, role=SYSTEM, by=None)
        return
    apply(ASK, check_in, role=SYSTEM, by=None)
    for message in emails.check_in(whole(check_in)):
        post(message)


@transaction.atomic
def answer(check_in: CheckIn, *, by: User | None, is_worried: bool, words: str = "") -> None:
    """« Tout va bien », « quelque chose m’inquiète ». `by` is None for who answers from the mailed link."""
    request = SeatRequest.objects.get(pk=check_in.seat_request_id)
    request.lock()
    check_in.lock()
    if by is not None:
        _check_side(check_in, by)
    move = SAY_WORRIED if is_worried else SAY_FINE
    check(move, check_in, role=check_in.side)
    if not CheckIn.objects.current().filter(pk=check_in.pk).exists():
        raise RuleBroken("Cette formation n’est plus en cours.", code="over")
    check_in.words, check_in.answered_at, check_in.answered_by = words.strip(), timezone.now(), by
    apply(move, check_in, role=check_in.side, by=by, data={"from_link": by is None})
    if is_worried:
        concerns.open_concern(request, Cause.WORRIED)
    logger.info("check-in answered", extra={"check_in": check_in.pk, "worried": is_worried})


def _check_side(check_in: CheckIn, by: User) -> None:
    one = CheckIn.objects.filter(pk=check_in.pk)
    mine = one.of_candidate(by) if check_in.side == CANDIDATE else one.of_companies(by)
    if not mine.exists():
        raise PermissionDenied


def go_silent(check_in: CheckIn) -> None:
    """Nobody answered, after two reminders. The second silence in a file asks for a call."""
    apply(GO_SILENT, check_in, role=SYSTEM, by=None)
    silent = CheckIn.objects.filter(seat_request=check_in.seat_request_id, status=CheckInStatus.SILENT)
    if silent.count() >= SILENCES:
        concerns.open_concern(check_in.seat_request, Cause.SILENT)


def overtake(check_in: CheckIn) -> None:
    """The course ended before the answer: the result says the rest."""
    request = SeatRequest.objects.get(pk=check_in.seat_request_id)
    request.lock()
    check_in.lock()
    apply(SKIP, check_in, role=SYSTEM, by=None)


def skip(request: SeatRequest, *sides: str) -> None:
    """Nothing is asked any more: the training is over, or the company is out of the project."""
    rows = CheckIn.objects.not_answered().filter(seat_request=request, side__in=sides or (CANDIDATE, COMPANY))
    for check_in in rows.select_for_update(of=("self",), no_key=True):
        apply(SKIP, check_in, role=SYSTEM, by=None)


def bring_back(request: SeatRequest, *, since: dt.datetime) -> None:
    """The training goes on after all: what was skipped since is asked, on its day or now. The caller holds it."""
    rows = CheckIn.objects.filter(seat_request=request, status=CheckInStatus.MOOT, status_since__gte=since)
    for check_in in rows.select_for_update(of=("self",), no_key=True):
        apply(PLAN_AGAIN, check_in, role=SYSTEM, by=None)


def whole(check_in: CheckIn) -> CheckIn:
    return CheckIn.objects.for_list().get(pk=check_in.pk)
