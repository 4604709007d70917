"""Days that are signalled to who writes them, and delays counted in working days."""

import datetime as dt
from functools import lru_cache

import holidays

from immersions.offers.notice import ONE_DAY, SUBDIVISIONS, first_day_of, is_working_day

SUNDAY = 6
first_bookable_day = first_day_of


@lru_cache(maxsize=8)
def _calendar(subdivision: str | None) -> holidays.HolidayBase:
    return holidays.country_holidays("FR", subdiv=subdivision, language="fr")


def why_unusual(day: dt.date, department: str = "") -> str:
    """« un dimanche », « férié (Toussaint) », or nothing."""
    if day.weekday() == SUNDAY:
        return "un dimanche"
    name = _calendar(SUBDIVISIONS.get(department)).get(day)
    return f"férié ({name})" if name else ""


def working_days_after(day: dt.date, count: int, department: str = "") -> dt.date:
    """The day that stands `count` working days after `day`."""
    while count > 0:
        day += ONE_DAY
        count -= is_working_day(day, department)
    return day


def last_day_of(first_day: dt.date, half_days: int, department: str = "") -> dt.date:
    """Where an immersion of that length ends when it starts on `first_day` and rests as usual."""
    return working_days_after(first_day, (half_days + 1) // 2 - 1, department)


def mondays_from(first_day: dt.date, count: int) -> list[dt.date]:
    """The Mondays of the weeks to come; the week of `first_day` counts only if it starts there."""
    monday = first_day + ONE_DAY * (-first_day.weekday() % 7)
    return [monday + dt.timedelta(weeks=n) for n in range(count)]
