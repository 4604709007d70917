"""The .ics of an appointment: one event, the same all along."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event

from core.outbox import ics
from immersions.applications.calendar import CANCEL, attendee, organizer
from immersions.appointments.models import Appointment, Kind

PARIS = ZoneInfo("Europe/Paris")


def invitation(appointment: Appointment, *, method: str, to: str, name: str) -> dict[str, str]:
    time, offer = appointment.time, appointment.application.offer
    event = Event()
    host = settings.SITE_URL.split("//")[-1].split(":")[0]
    event.add("uid", f"{appointment.uid}@{host}")
    event.add("sequence", appointment.calendar_sequence)
    event.add("dtstamp", timezone.now().astimezone(dt.UTC))
    event.add("dtstart", time.starts_at.astimezone(PARIS))
    event.add("dtend", time.ends_at.astimezone(PARIS))
    event.add("summary", f"Premier échange : {offer.title}, {offer.company.name}")
    event.add(
        "location",
        time.where or (str(offer.workplace) if time.kind == Kind.ON_SITE else time.get_kind_display()),
    )
    event.add("status", "CANCELLED" if method == CANCEL else "CONFIRMED")
    event.add("organizer", organizer())
    event.add("attendee", attendee(to, name))
    calendar = Calendar()
    calendar.add("prodid", "-//Trait d’Union//FR")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(event)
    calendar.add_missing_timezones(
        first_date=time.starts_at.date() - dt.timedelta(days=366),
        last_date=time.starts_at.date() + dt.timedelta(days=366),
    )
    return ics("rendez-vous.ics", calendar.to_ical().decode(), method=method)
