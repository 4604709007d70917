"""The .ics of an information meeting (RFC 5545): calendar programs add it by themselves."""

import datetime as dt

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event

from commitments.seats.models import Meeting, SeatRequest
from immersions.applications.calendar import attendee, organizer

LASTS = dt.timedelta(hours=1)


def ics_of(meeting: Meeting, request: SeatRequest, *, to: str, name: str, change: int = 0) -> str:
    calendar = Calendar()
    calendar.add("prodid", "-//Trait d’Union//FR")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "REQUEST")
    at = timezone.localtime(meeting.at)
    event = Event()
    event.add("uid", f"reunion-{meeting.pk}@{settings.SITE_URL.split('//')[-1].split(':')[0]}")
    event.add("sequence", change)  # The same meeting, said otherwise: it takes the place of the first.
    event.add("dtstamp", timezone.now().astimezone(dt.UTC))
    event.add("dtstart", at)
    event.add("dtend", at + LASTS)
    event.add("summary", f"Réunion d’information : {request.session.action.training.title}")
    event.add("location", meeting.place)
    event.add("status", "CONFIRMED")
    event.add("organizer", organizer())
    event.add("attendee", attendee(to, name))
    calendar.add_component(event)
    year = dt.timedelta(days=366)
    calendar.add_missing_timezones(first_date=at.date() - year, last_date=at.date() + year)
    return calendar.to_ical().decode()
