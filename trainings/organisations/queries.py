"""Which sessions a member of an organisation reads, in words of the domain."""

import datetime as dt
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from trainings.models import InCompanyPeriod, Session, TrainingOrganisation


def sessions_managed_by(user: User) -> QuerySet[Session]:
    """Those of the organisations for which `user` acts: what the public reads, and a little more."""
    return _of(TrainingOrganisation.objects.managed_by(user))


def sessions_spoken_for_by(user: User) -> QuerySet[Session]:
    """Those of which `user` may say something new: a confirmed member."""
    return _of(TrainingOrganisation.objects.trusting(user))


def _of(organisations: QuerySet[TrainingOrganisation]) -> QuerySet[Session]:
    return Session.objects.filter(action__training__organisation__in=organisations)


def for_space(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """All that a line of the space shows, in one query."""
    return sessions.select_related("action__training__organisation", "action__commune", "seats").defer(
        "action__training__content", "action__training__objective", "action__conditions"
    )


def to_come(today: dt.date | None = None) -> Q:
    """Not begun, or entered at any time."""
    today = today or timezone.localdate()
    return (Q(starts_on__gt=today) | Q(starts_on=None)) & (Q(ends_on=None) | Q(ends_on__gte=today))


def under_way(today: dt.date | None = None) -> Q:
    today = today or timezone.localdate()
    return Q(starts_on__lte=today) & (Q(ends_on=None) | Q(ends_on__gte=today))


def ended(today: dt.date | None = None) -> Q:
    return Q(ends_on__lt=today or timezone.localdate())


WHEN = {"a-venir": to_come, "en-cours": under_way, "terminees": ended}


def when(sessions: QuerySet[Session], asked: str) -> QuerySet[Session]:
    """The next to start first; of those that are over, the last first. `asked` is a key of WHEN.

    A session that starts nothing any more (cancelled, gone from the catalogue) stays in its place:
    people may hold seats there.
    """
    found = sessions.filter(WHEN[asked]())
    if asked == "terminees":
        return found.order_by("-ends_on", "-pk")
    return found.order_by(F("starts_on").asc(nulls_first=True), "pk")


def how_many(sessions: QuerySet[Session]) -> dict[str, int]:
    """How many of each, in one query."""
    counts: dict[str, Any] = {
        name.replace("-", "_"): Count("pk", filter=condition()) for name, condition in WHEN.items()
    }
    found = sessions.aggregate(**counts)
    return {name: found[name.replace("-", "_")] for name in WHEN}


def awaited(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """Those that the Region funds and that people may still be offered: what is unknown there is asked."""
    return sessions.eligible()  # type: ignore[attr-defined]


def without_seats(sessions: QuerySet[Session]) -> QuerySet[Session]:
    return awaited(sessions).filter(seats_left=None)


def without_periods(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """Some hours are spent in companies, and nobody said when."""
    said = InCompanyPeriod.objects.filter(session=OuterRef("pk"))
    some = Q(action__hours_in_company__gt=0) | Q(action__training__hours_in_company__gt=0)
    return awaited(sessions).filter(some, ~Exists(said), starts_on__isnull=False)


def with_periods_outside(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """The session moved, and its periods in companies no longer stand in it."""
    outside = InCompanyPeriod.objects.filter(session=OuterRef("pk")).filter(
        Q(starts_on__lt=OuterRef("starts_on")) | Q(ends_on__gt=OuterRef("ends_on"))
    )
    current = sessions.current()  # type: ignore[attr-defined]
    return current.filter(Exists(outside)).exclude(ended())
