"""The .ics of an immersion (RFC 5545, RFC 5546): calendar programs add it, update it, remove it.

The same UID all along, a SEQUENCE that grows with each change: that is how a program knows that
the second message speaks of the first one. One VEVENT per range of days.
"""

import datetime as dt
from collections.abc import Sequence
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress, vText

from core.outbox import ics
from immersions.applications.models import Application
from immersions.applications.words import days_in, what_words
from immersions.offers.models import Slot

PARIS = ZoneInfo("Europe/Paris")

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"


def ics_of(
    application: Application,
    slots: list[Slot],
    *,
    method: str,
    to: str = "",
    name: str = "",
    first_rank: int = 0,
) -> str:
    """The calendar file for one reader. `to` is empty for a file that one downloads; `first_rank`:
    the events of a series that come after those kept.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Trait d’Union//FR")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    for rank, slot in enumerate(slots, start=first_rank):
        calendar.add_component(_event(application, slot, rank=rank, method=method, to=to, name=name))
    # Wide enough for both changes of hour around the dates, and no more.
    days = [day for slot in slots for day in (slot.first_day, slot.last_day)]
    calendar.add_missing_timezones(
        first_date=min(days) - dt.timedelta(days=366), last_date=max(days) + dt.timedelta(days=366)
    )
    return calendar.to_ical().decode()


def _event(application: Application, slot: Slot, *, rank: int, method: str, to: str, name: str) -> Event:
    offer = application.offer
    event = Event()
    event.add("uid", uid_of(application, rank=rank))
    event.add("sequence", application.calendar_sequence)
    event.add("dtstamp", timezone.now().astimezone(dt.UTC))
    event.add("dtstart", dt.datetime.combine(slot.first_day, slot.starts_at, PARIS))
    event.add("dtend", dt.datetime.combine(slot.first_day, slot.ends_at, PARIS))
    if slot.last_day > slot.first_day:
        _repeat_each_day(event, slot)
    event.add("summary", f"{what_words(offer)} chez {offer.company.name}")
    event.add("location", str(offer.workplace))
    event.add("status", "CANCELLED" if method == CANCEL else "CONFIRMED")
    event.add("organizer", organizer())
    if to:
        event.add("attendee", attendee(to, name))
    return event


def _repeat_each_day(event: Event, slot: Slot) -> None:
    """Each day worked. RFC 5545 wants the end in UTC when the start has a time zone."""
    last = dt.datetime.combine(slot.last_day, slot.starts_at, PARIS).astimezone(dt.UTC)
    event.add("rrule", {"freq": "daily", "until": last})
    every_day = (
        slot.first_day + dt.timedelta(days=n) for n in range((slot.last_day - slot.first_day).days + 1)
    )
    worked = days_in(slot.first_day, slot.last_day)
    for day in every_day:
        if day not in worked:
            event.add("exdate", dt.datetime.combine(day, slot.starts_at, PARIS))


def uid_of(application: Application, *, rank: int = 0) -> str:
    """Who keeps the file in a calendar knows it by this, whatever changes."""
    host = settings.SITE_URL.split("//")[-1].split(":")[0]
    return f"{application.uid}{f'-{rank + 1}' if rank else ''}@{host}"


def organizer() -> vCalAddress:
    """The service itself: an answer of a calendar program goes to nobody's own mailbox."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    organizer = vCalAddress(f"mailto:{address}")
    organizer.params["CN"] = vText(name or address)
    return organizer


def attendee(to: str, name: str) -> vCalAddress:
    attendee = vCalAddress(f"mailto:{to}")
    attendee.params["CN"] = vText(name or to)
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText("ACCEPTED")
    attendee.params["RSVP"] = vText("FALSE")
    return attendee


def invitation(
    application: Application, slots: list[Slot], method: str, to: str, name: str
) -> dict[str, str]:
    """The file to join to one person’s message."""
    content = ics_of(application, slots, method=method, to=to, name=name)
    return ics("immersion.ics", content, method=method)


def invitations(
    application: Application,
    slots: list[Slot],
    method: str,
    to: str,
    name: str,
    dropped: Sequence[Slot] = (),
) -> list[dict[str, str]]:
    """The calendar file, and what a longer series leaves behind: `dropped` must be forgotten."""
    if not slots:
        return []
    files = [invitation(application, slots, method, to, name)]
    if dropped:
        gone = ics_of(application, list(dropped), method=CANCEL, to=to, name=name, first_rank=len(slots))
        files.append(ics("annulation.ics", gone, method=CANCEL))
    return files
