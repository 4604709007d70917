"""Months as the law counts them, date to date (civil procedure, art. 641): 6 months less a day are not 6."""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from core.rules import RuleBroken

ONE_DAY = dt.timedelta(days=1)
A_YEAR, FIVE_YEARS = dt.timedelta(days=366), dt.timedelta(days=5 * 366)
A_MONTH_OF_DAYS = 30  # For days left over from several periods only.

Period = tuple[dt.date, dt.date]


def check_near(first: dt.date) -> None:
    """A first day that somebody says: no slip of the keyboard."""
    if abs(first - timezone.localdate()) > A_YEAR:
        raise RuleBroken("Vérifiez le premier jour : il est à plus d’un an d’ici.", code="starts_on")


def check_last(first: dt.date, last: dt.date | None) -> None:
    """The last after the first, and no slip of the keyboard."""
    if last is not None and last < first:
        raise RuleBroken("Le dernier jour vient après le premier.", code="ends_on")
    if last is not None and last - first > FIVE_YEARS:
        raise RuleBroken("Vérifiez le dernier jour : il est à plus de cinq ans du premier.", code="ends_on")


def same_day(day: dt.date, months: int) -> dt.date:
    """The same day `months` later; where there is none (31 August + 6), the last of the month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in range(day.day, 0, -1):
        try:
            return dt.date(year, month + 1, number)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")


def last_day_of(first: dt.date, months: int) -> dt.date:
    """The last day of a period of whole months: the eve of the same day, else the last of the month."""
    after = same_day(first, months)
    return after - ONE_DAY if after.day == first.day else after


def lasts(first: dt.date, last: dt.date, months: int) -> bool:
    return last >= last_day_of(first, months)


def length_of(first: dt.date, last: dt.date) -> tuple[int, int]:
    """(whole months, days left), both days counted."""
    months = 0
    while lasts(first, last, months + 1):
        months += 1
    return months, (last - last_day_of(first, months)).days


def merged(periods: Iterable[Period]) -> list[Period]:
    """One after the other without a gap are one; a day is never counted twice."""
    whole: list[Period] = []
    for first, last in sorted(periods):
        if whole and first <= whole[-1][1] + ONE_DAY:
            whole[-1] = (whole[-1][0], max(last, whole[-1][1]))
        else:
            whole.append((first, last))
    return whole


def total_of(periods: Iterable[Period]) -> int:
    """Whole months of all these periods; the days left over make a month by thirty."""
    lengths = [length_of(first, last) for first, last in merged(periods)]
    return sum(months for months, _ in lengths) + sum(days for _, days in lengths) // A_MONTH_OF_DAYS


def most_within(periods: Iterable[Period], window: int) -> int:
    """The most months that `window` months in a row hold."""
    known = list(periods)
    best = 0
    for begins, _ in known:
        ends = last_day_of(begins, window)
        inside = [(max(first, begins), min(last, ends)) for first, last in known]
        best = max(best, total_of((first, last) for first, last in inside if first <= last))
    return best
