"""Stays for tests and demo data: as far along as one asks."""

import datetime as dt
from typing import Any

from django.utils import timezone

from immersions.applications.models import Application, Booking
from immersions.applications.workflow import ApplicationStatus
from immersions.factories import ApplicationFactory, OfferFactory, SlotFactory
from immersions.stays.models import Report, Side
from tests.remembered import remembered

ENDED_BY = {"declined": "company", "cancelled": "company", "withdrawn": "candidate", "expired": "system"}


@remembered
def a_stay(
    status: str = ApplicationStatus.CONFIRMED, *, begins_in: int = 0, days: int = 2, **options: Any
) -> Application:
    """An application in `status` that holds a place from `begins_in` days from now, for `days` days."""
    visit = options.pop("visit", False)
    offer = options.pop("offer", None) or OfferFactory(visit=visit)
    first = timezone.localdate() + dt.timedelta(days=begins_in)
    slot = SlotFactory(offer=offer, first_day=first, last_day=first + dt.timedelta(days=days - 1))
    if status in ENDED_BY:
        options.setdefault("ended_by", ENDED_BY[status])
    application = ApplicationFactory(status=status, offer=offer, slot=slot, **options)
    if not Booking.objects.filter(application=application).exists():
        Booking.objects.create(application=application, slot=slot)
        slot.places_taken += 1
        slot.save(update_fields=["places_taken"])
    return application


@remembered
def a_report(side: str = Side.CANDIDATE, *, application: Application | None = None, **options: Any) -> Report:
    """Asked yesterday evening."""
    application = application or a_stay(ApplicationStatus.COMPLETED, begins_in=-2)
    since = timezone.now() - dt.timedelta(days=1)
    return Report.objects.create(application=application, side=side, waiting_since=since, **options)
