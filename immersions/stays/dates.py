"""When a stay begins and ends: read from the places that it holds."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils import timezone

from immersions.applications.models import Application
from immersions.applications.places import held_by
from immersions.applications.words import half_days_in
from immersions.offers.models import Slot

PARIS = ZoneInfo("Europe/Paris")
EVENING = dt.time(20)  # The evening before: nobody can sign any more.
INCIDENT_DAYS = dt.timedelta(days=10)
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """From the first morning to the last evening."""

    slots: tuple[Slot, ...]

    @property
    def first_day(self) -> dt.date:
        return min(slot.first_day for slot in self.slots)

    @property
    def last_day(self) -> dt.date:
        return max(slot.last_day for slot in self.slots)

    @property
    def begins_at(self) -> dt.datetime:
        first = min(self.slots, key=lambda slot: (slot.first_day, slot.starts_at))
        return dt.datetime.combine(first.first_day, first.starts_at, PARIS)

    @property
    def ends_at(self) -> dt.datetime:
        last = max(self.slots, key=lambda slot: (slot.last_day, slot.ends_at))
        return dt.datetime.combine(last.last_day, last.ends_at, PARIS)

    @property
    def must_be_signed_by(self) -> dt.datetime:
        """The evening before the first day."""
        return dt.datetime.combine(self.first_day - ONE_DAY, EVENING, PARIS)

    @property
    def half_days(self) -> int:
        return sum(
            half_days_in(slot.first_day, slot.last_day, slot.starts_at, slot.ends_at) for slot in self.slots
        )

    @property
    def has_begun(self) -> bool:
        """By the day: who waits at eight for someone may say so at half past."""
        return self.first_day <= timezone.localdate()

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()


def period_of(application: Application) -> Period | None:
    """None when it holds no place (any more)."""
    slots = held_by(application)
    return Period(tuple(slots)) if slots else None
