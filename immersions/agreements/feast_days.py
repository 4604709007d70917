"""Public holidays during an immersion. Good Friday in 57, 67, 68 is one in some communes only."""

import datetime as dt

from territories.working_days import GOOD_FRIDAY, holiday_name

ONE_DAY = dt.timedelta(days=1)


def _names(first: dt.date, last: dt.date, department: str) -> dict[dt.date, str]:
    days = (first + ONE_DAY * number for number in range((last - first).days + 1))
    return {day: name for day in days if (name := holiday_name(day, department))}


def public_holidays_of(first: dt.date, last: dt.date, department: str) -> frozenset[dt.date]:
    names = _names(first, last, department)
    return frozenset(day for day, name in names.items() if name != GOOD_FRIDAY)


def good_friday_of(first: dt.date, last: dt.date, department: str) -> frozenset[dt.date]:
    names = _names(first, last, department)
    return frozenset(day for day, name in names.items() if name == GOOD_FRIDAY)
