"""Taking and giving back a seat of a session. The row of `SessionSeats` is the lock and the count."""

from collections.abc import Callable

from core.rules import RuleBroken, constraints_speak
from trainings.models import Session, SessionSeats


def take_seat(session: Session) -> None:
    """One more, in the caller's transaction. Raises RuleBroken when the session is full."""
    seats = _held(session)
    total = Session.objects.values_list("seats_total", flat=True).get(pk=session.pk)
    if total is not None and seats.taken >= total:  # Even when nobody says how many are left.
        raise RuleBroken("Cette session est complète : choisissez-en une autre.", code="full")
    seats.taken += 1
    with constraints_speak(SessionSeats):
        seats.save(update_fields=["places", "taken"])


def give_seat_back(session: Session) -> None:
    """One less; the caller knows that it held one."""
    seats = _held(session)
    seats.taken -= 1
    seats.save(update_fields=["places", "taken"])


def follow_figure(session: Session, *, already_counted: Callable[[], int]) -> int:
    """The session says anew how many seats it has left.

    `already_counted` says who was admitted here before this figure was said, and is no longer among the
    seats left: asked once the ledger is held, so that somebody who is being admitted counts. Returns how
    many people hold a seat that the session no longer has: nobody loses it, someone must be asked.
    """
    seats = _held(session)
    said = None if session.seats_left is None else session.seats_left + already_counted()
    if said is not None and session.seats_total is not None:
        said = min(said, session.seats_total)
    missing = 0 if said is None else max(0, seats.taken - said)
    seats.places = None if said is None else max(said, seats.taken)
    seats.save(update_fields=["places", "taken"])
    return missing


def _held(session: Session) -> SessionSeats:
    """The row of this session, locked until the transaction ends; made at the first seat."""
    SessionSeats.objects.get_or_create(session=session, defaults={"places": session.seats_left})
    return SessionSeats.objects.select_for_update(of=("self",), no_key=True).get(session=session)
