"""How long before its first day a slot still takes someone.

An agreement needs time to be signed by everybody: a slot that needs one closes some working days
before it (a number of each Region). A visit needs none, and may be for tomorrow.
"""

import datetime as dt

from django.utils import timezone

from immersions.offers.models import Offer, Slot
from immersions.offers.queries import SlotQuerySet
from territories.working_days import ONE_DAY, is_working_day


def closes_on(first_day: dt.date, *, working_days: int, department: str) -> dt.date:
    """The last day on which a slot that starts on `first_day` may still be booked."""
    day = first_day
    while working_days > 0:
        day -= ONE_DAY
        working_days -= is_working_day(day, department)
    return min(day, first_day - ONE_DAY)


def first_day_open(today: dt.date, *, working_days: int, department: str) -> dt.date:
    """The nearest first day that may still be booked `today`: `closes_on` read backwards."""
    day = today
    while working_days > 0:
        working_days -= is_working_day(day, department)
        day += ONE_DAY
    return max(day, today + ONE_DAY)


def first_day_of(offer: Offer) -> dt.date:
    """The nearest first day for which this offer may still be booked today."""
    return first_day_for_agreement(offer) if offer.needs_agreement else timezone.localdate() + ONE_DAY


def first_day_for_agreement(offer: Offer) -> dt.date:
    """The nearest first day of an immersion under agreement, where this offer is."""
    today = timezone.localdate()
    if offer.commune is None:
        return today + ONE_DAY
    department = offer.commune.department
    return first_day_open(
        today,
        working_days=department.region.booking_notice_working_days,
        department=department.code,
    )


def open_slots(offer: Offer) -> SlotQuerySet:
    """The slots of this offer that still take someone today."""
    return Slot.objects.filter(offer=offer, first_day__gte=first_day_of(offer)).bookable()
