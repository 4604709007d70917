"""Rule 1 of the house, in one place: which sessions keep an offer published."""

import datetime as dt

from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone

OPEN = "open"


def eligible(today: dt.date | None = None, *, session: str = "", action: str = "action__") -> Q:
    """Sessions that the Region funds, still to come or entered at any time, and with room.

    Unknown seats count as room: seats gate the pledge, not the offer. `session` and `action` are
    the ways from the row that is filtered to the session and to its action. Use it in one
    `filter()`, so that all of it bears on the same session.
    """
    today = today or timezone.localdate()

    def of_session(**facts: object) -> Q:
        return Q(**{f"{session}{name}": fact for name, fact in facts.items()})

    def of_action(**facts: object) -> Q:
        return Q(**{f"{action}{name}": fact for name, fact in facts.items()})

    return (
        current(session=session, action=action)
        & of_action(is_region_funded=True)
        & of_session(status=OPEN)
        & (of_session(starts_on__gt=today) | of_action(has_permanent_entry=True))
        & (of_session(ends_on=None) | of_session(ends_on__gte=today))
        & (of_session(seats_left=None) | of_session(seats_left__gt=0))
    )


def bookable_for_pledge(today: dt.date | None = None) -> Q:
    """Eligible, and not all its seats are held here (see `SessionQuerySet.bookable_for_pledge`)."""
    unheld = Q(seats=None) | Q(seats__places=None) | Q(seats__taken__lt=F("seats__places"))
    return eligible(today) & unheld


def current(*, session: str = "", action: str = "action__") -> Q:
    """Neither cancelled, nor vanished from the catalogue with its action or its training."""
    return Q(
        **{
            f"{session}closed_at": None,
            f"{session}cancelled_at": None,
            f"{action}closed_at": None,
            f"{action}training__closed_at": None,
        }
    )


def trade_of(code, parent) -> Coalesce:
    """What two occupations of the same trade have in common: the parent code, else the code.

    `Occupation.trade_code` in SQL; takes names of fields or `OuterRef`s.
    """
    return Coalesce(NullIf(parent, Value("")), code)
