"""Which request holds a seat, and who goes up when one is freed. The only place that writes
`holds_seat`, with the ledger of the session (`trainings.seats`), in one transaction.

Locks: the request, then those who wait (in the order of the list), then the ledger.
"""

from collections.abc import Sequence

from django.utils import timezone

from commitments.seats import emails
from commitments.seats.models import SeatRequest
from commitments.seats.rules import CANCELLED, check_may_be_held
from commitments.seats.workflow import MOVE_UP
from core.outbox import post
from core.rules import RuleBroken
from core.workflow import SYSTEM, apply
from trainings.models import Session
from trainings.seats import give_seat_back, take_seat


def hold_seat(request: SeatRequest) -> None:
    """One of the session's seats is this person's; the caller saves. RuleBroken, with its sentence, when the
    session is cancelled, begun or not paid for any more, or when it is full.
    """
    if not request.holds_seat:
        check_may_be_held(request.session)
        take_seat(request.session)
        request.holds_seat = True


def hold_again(request: SeatRequest) -> None:
    """The seat of somebody who had not left: the session may have begun. The caller saves. RuleBroken when it
    is somebody else's by now, or when the session is cancelled.
    """
    if request.session.cancelled_at is not None:
        raise RuleBroken(CANCELLED, code="cancelled")
    take_seat(request.session)
    request.holds_seat = True


def waiting_for(session: Session, *, but: SeatRequest | None = None) -> list[SeatRequest]:
    """Those who wait there, held until the transaction ends, who goes up next first.

    Asked before the ledger is touched: two who free a seat at once take turns here.
    """
    waiting = SeatRequest.objects.waiting_list(session)
    if but is not None:
        waiting = waiting.exclude(pk=but.pk)
    return list(waiting.select_for_update(of=("self",), no_key=True))


def free_seat(request: SeatRequest) -> list[SeatRequest]:
    """The seat, if there is one, goes back and to the first who waits; the caller saves `request`."""
    if not request.holds_seat:
        return []
    waiting = waiting_for(request.session, but=request)
    give_seat_back(request.session)
    request.holds_seat = False
    return waiting[:1]


def move_up(waiting: Sequence[SeatRequest]) -> int:
    """Each of these gets a seat and is asked for again, as long as there is one. Returns how many."""
    moved = 0
    for one in waiting:
        try:
            hold_seat(one)
        except RuleBroken:
            break  # As many as there are seats; nobody goes up to a session that has begun or is cancelled.
        apply(MOVE_UP, one, role=SYSTEM, by=None, data={"waited_since": _day(one)})
        whole = SeatRequest.objects.for_page().get(pk=one.pk)
        for message in emails.freed(whole):
            post(message)
        moved += 1
    return moved


def _day(request: SeatRequest) -> str:
    return timezone.localtime(request.waitlisted_at).isoformat() if request.waitlisted_at else ""
