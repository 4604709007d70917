"""Working days and public holidays, which are not the same in every department."""

import datetime as dt
from functools import lru_cache

import holidays

ONE_DAY = dt.timedelta(days=1)
SUNDAY = 6
GOOD_FRIDAY = "Vendredi saint"  # A holiday only where a commune has a Protestant temple, in 57, 67, 68.
# Local law: Good Friday and 26 December in Moselle and in Alsace.
SUBDIVISIONS = {"57": "57", "67": "6AE", "68": "6AE"}


@lru_cache(maxsize=8)
def _calendar(subdivision: str | None) -> holidays.HolidayBase:
    return holidays.country_holidays("FR", subdiv=subdivision, language="fr")


def is_working_day(day: dt.date, department: str = "") -> bool:
    """Monday to Friday, and no public holiday of that department."""
    return day.weekday() < 5 and day not in _calendar(SUBDIVISIONS.get(department))


def why_unusual(day: dt.date, department: str = "") -> str:
    """« un dimanche », « férié (Toussaint) », or nothing."""
    if day.weekday() == SUNDAY:
        return "un dimanche"
    name = holiday_name(day, department)
    if name == GOOD_FRIDAY:
        return f"férié dans certaines communes ({name})"
    return f"férié ({name})" if name else ""


def holiday_name(day: dt.date, department: str = "") -> str:
    """« Toussaint », or nothing."""
    return _calendar(SUBDIVISIONS.get(department)).get(day) or ""


def working_days_after(day: dt.date, count: int, department: str = "") -> dt.date:
    """The day that stands `count` working days after `day`."""
    while count > 0:
        day += ONE_DAY
        count -= is_working_day(day, department)
    return day


def last_day_before(beginning: dt.date, department: str = "") -> dt.date:
    """The last day to answer before something begins, shown and enforced: a working one, when somebody may
    still be called. Days that are only counted (« 14 jours ») run on every day, and end on the day that they give.
    """
    day = beginning - ONE_DAY
    while not is_working_day(day, department):
        day -= ONE_DAY
    return day


def working_days_between(first: dt.date, last: dt.date, department: str = "") -> int:
    """How many working days have passed on `last`, since `first` (not counted itself)."""
    days = (first + ONE_DAY * n for n in range(1, (last - first).days + 1))
    return sum(is_working_day(day, department) for day in days)
