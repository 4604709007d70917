"""The seats of a session as its organisation reads them: funded, held, admitted, left.

Who holds a seat is known above this room: that room says how it counts, once, when the site starts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import IntegerField, QuerySet, Value

from trainings.models import Session


def _none() -> Any:
    """Nobody counts yet."""
    return Value(0, output_field=IntegerField())


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """`asking()`, `held()` and `admitted()` give expressions over a session (`OuterRef("pk")`), of an integer.

    `asking` are the people who wait for the organisation's answer, `held` the seats kept for some of
    them. `people` is the name of the page that shows them, whose argument is the session; "" when
    there is none.
    """

    asking: Callable[[], Any] = _none
    held: Callable[[], Any] = _none
    admitted: Callable[[], Any] = _none
    people: str = ""


_counts: list[Count] = [Count()]


def count_seats(count: Count) -> None:
    """Say who counts; the last one to say it counts."""
    _counts.append(count)


def people_page() -> str:
    return _counts[-1].people


def with_figures(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """Each with `asking`, `held` and `admitted`, in the query that reads them."""
    count = _counts[-1]
    return sessions.annotate(asking=count.asking(), held=count.held(), admitted=count.admitted())


def funded(session: Session) -> int | None:
    """None: nobody said it."""
    return session.seats_total if session.seats_total is not None else session.action.funded_seats


def left(session: Session) -> int | None:
    """What the organisation said, less what was taken here since. None: nobody said it."""
    seats = getattr(session, "seats", None)
    return seats.left if seats is not None and seats.places is not None else session.seats_left


def to_give(session: Session) -> int | None:
    """The seats not given to anybody yet, those held included: what an organisation counts. For a
    session read `with_figures`.
    """
    known = left(session)
    return None if known is None else known + session.held  # type: ignore[attr-defined]
