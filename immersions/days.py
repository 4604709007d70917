"""How long an immersion lasts, and the weeks that one may choose."""

import datetime as dt

from core import french
from immersions.applications.words import days_in
from immersions.offers.notice import first_day_of
from territories.working_days import ONE_DAY, why_unusual, working_days_after

first_bookable_day = first_day_of


def last_day_of(first_day: dt.date, half_days: int, department: str = "") -> dt.date:
    """Where an immersion of that length ends when it starts on `first_day` and rests as usual."""
    return working_days_after(first_day, (half_days + 1) // 2 - 1, department)


def mondays_from(first_day: dt.date, count: int) -> list[dt.date]:
    """The Mondays of the weeks to come; the week of `first_day` counts only if it starts there."""
    monday = first_day + ONE_DAY * (-first_day.weekday() % 7)
    return [monday + dt.timedelta(weeks=n) for n in range(count)]


def unusual_days(first: dt.date, last: dt.date, department: str = "") -> list[str]:
    """« Le vendredi 1ᵉʳ mai est férié (Fête du Travail). » Sundays inside a stay are rest."""
    return [
        f"Le {french.day(day, weekday=True)} est {why}."
        for day in days_in(first, last)
        if (why := why_unusual(day, department))
    ]
