"""Working days, and the days that are signalled: Sundays and public holidays of a department."""

import datetime as dt
from functools import lru_cache

import holidays
from django.utils import timezone

from immersions.offers.models import Offer

SUNDAY = 6
DAY = dt.timedelta(days=1)
# The departments with holidays of their own (local law): the library's name of each calendar.
LOCAL_LAW = {"57": "57", "67": "6AE", "68": "6AE"}


@lru_cache(maxsize=8)
def calendar_of(subdivision: str | None) -> holidays.HolidayBase:
    """Public holidays; the years fill themselves as they are asked for."""
    return holidays.country_holidays("FR", subdiv=subdivision)


def holiday_name(day: dt.date, department: str = "") -> str:
    """« Toussaint », or nothing on an ordinary day."""
    return calendar_of(LOCAL_LAW.get(department)).get(day) or ""


def is_working_day(day: dt.date, department: str = "") -> bool:
    return day.weekday() < SUNDAY - 1 and not holiday_name(day, department)


def working_days_before(day: dt.date, count: int, department: str = "") -> dt.date:
    """The working day that stands `count` of them before `day`."""
    return _step(day, count, -DAY, department)


def working_days_after(day: dt.date, count: int, department: str = "") -> dt.date:
    return _step(day, count, DAY, department)


def _step(day: dt.date, count: int, step: dt.timedelta, department: str) -> dt.date:
    while count:
        day += step
        count -= is_working_day(day, department)
    return day


def why_unusual(day: dt.date, department: str = "") -> str:
    """« un dimanche », « férié (Toussaint) », or nothing."""
    if day.weekday() == SUNDAY:
        return "un dimanche"
    name = holiday_name(day, department)
    return f"férié ({name})" if name else ""


def notice_of(offer: Offer) -> int:
    """Working days between the end of booking and the first day: data of the region, none for a
    visit. Reads `offer.commune.department.region`.
    """
    if not offer.needs_agreement or offer.commune is None:
        return 0
    return offer.commune.department.region.booking_notice_working_days


def booking_closes_on(offer: Offer, first_day: dt.date) -> dt.date:
    """The last day on which a slot that starts on `first_day` can be booked."""
    if not offer.needs_agreement or offer.commune is None:
        return first_day - DAY
    return working_days_before(first_day, notice_of(offer), offer.commune.department_id)


def first_bookable_day(offer: Offer) -> dt.date:
    """The first working day that a slot written today can start on."""
    department = offer.commune.department_id if offer.commune else ""
    return working_days_after(timezone.localdate(), max(notice_of(offer), 1), department)
