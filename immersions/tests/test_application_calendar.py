"""The .ics, read back as a calendar program would."""

import datetime as dt
from email import message_from_bytes, policy
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from immersions.applications import actions
from immersions.applications.models import EndReason
from immersions.applications.words import what_words
from immersions.factories import ApplicationFactory, SlotFactory, monday_in
from immersions.offers.models import Offer, Weight

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")


def calendar_in(mail) -> Calendar:
    [(name, content, mimetype)] = mail.attachments
    assert name == "immersion.ics"
    assert mimetype.startswith("text/calendar; method=")
    calendar = Calendar.from_ical(content)
    assert mimetype == f"text/calendar; method={calendar['METHOD']}"
    return calendar


def event_in(calendar: Calendar):
    [event] = calendar.walk("VEVENT")
    return event


def booked_then_cancelled(slot, commit):
    application = ApplicationFactory(offer=slot.offer)
    by = slot.offer.company.confirmed_members().first()
    with commit():
        actions.book_application(application, slot=slot, by=by)
    with commit():
        actions.cancel_application(application, by=by, reason=EndReason.NO_TIME)
    return application


def test_a_booking_can_be_added_then_removed(commit, mailoutbox):
    slot = SlotFactory(offer__title="Maçon")
    application = booked_then_cancelled(slot, commit)
    mine = [mail for mail in mailoutbox if mail.to == [application.candidate.user.email]]
    added, removed = (calendar_in(mail) for mail in mine)
    assert (added["METHOD"], removed["METHOD"]) == ("REQUEST", "CANCEL")
    first, last = event_in(added), event_in(removed)
    assert first["UID"] == last["UID"] == f"{application.uid}@testserver"
    assert last["SEQUENCE"] > first["SEQUENCE"]
    assert (first["STATUS"], last["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert first["ORGANIZER"] == last["ORGANIZER"]
    assert first["ATTENDEE"] == f"mailto:{application.candidate.user.email}"
    assert first["SUMMARY"] == "Immersion Maçon chez L’Atelier & Fils"
    assert "Metz" in first["LOCATION"]
    assert first["DTSTAMP"].dt.tzinfo is not None


def test_the_part_says_once_what_it_is(commit, mailoutbox):
    """A parameter given twice is a fault in the header: some mail programs drop the file."""
    booked_then_cancelled(SlotFactory(), commit)
    whole = message_from_bytes(mailoutbox[0].message().as_bytes(), policy=policy.default)
    [part] = [part for part in whole.walk() if part.get_content_type() == "text/calendar"]
    header = part["Content-Type"]
    assert not header.defects
    assert dict(header.params) == {"method": "REQUEST", "charset": "utf-8"}
    assert Calendar.from_ical(part.get_content())["METHOD"] == "REQUEST"


def test_hours_are_those_of_paris_with_their_rules(commit, mailoutbox):
    slot = SlotFactory()
    booked_then_cancelled(slot, commit)
    for mail in mailoutbox:
        calendar = calendar_in(mail)
        event = event_in(calendar)
        assert event["DTSTART"].params["TZID"] == "Europe/Paris"
        assert event["DTSTART"].dt == dt.datetime.combine(slot.first_day, dt.time(8), PARIS)
        assert event["DTEND"].dt == dt.datetime.combine(slot.first_day, dt.time(16), PARIS)
        [zone] = calendar.walk("VTIMEZONE")
        assert zone["TZID"] == "Europe/Paris"


def test_several_days_are_one_event_that_comes_back_each_day(commit, mailoutbox):
    slot = SlotFactory()
    booked_then_cancelled(slot, commit)
    rule = event_in(calendar_in(mailoutbox[0]))["RRULE"]
    assert rule["FREQ"] == ["DAILY"]
    assert rule["UNTIL"][0].astimezone(PARIS).date() == slot.last_day


def test_a_week_end_in_the_middle_is_rest(commit, mailoutbox):
    friday = monday_in(weeks=3) + dt.timedelta(days=4)
    slot = SlotFactory(first_day=friday, last_day=friday + dt.timedelta(days=3))
    booked_then_cancelled(slot, commit)
    event = event_in(calendar_in(mailoutbox[0]))
    rest = {day.dt.date() for exception in event["EXDATE"] for day in exception.dts}
    assert rest == {friday + dt.timedelta(days=1), friday + dt.timedelta(days=2)}


def test_each_reader_is_the_only_guest_of_their_file(commit, mailoutbox):
    booked_then_cancelled(SlotFactory(), commit)
    for mail in mailoutbox:
        assert event_in(calendar_in(mail))["ATTENDEE"] == f"mailto:{mail.to[0]}"


def test_a_file_to_download_invites_nobody(client):
    application = ApplicationFactory(booked=True)
    client.force_login(application.candidate.user)
    response = client.get(f"/candidat/candidatures/{application.pk}/agenda.ics")
    calendar = Calendar.from_ical(response.content)
    assert response["Content-Type"].startswith("text/calendar")
    assert calendar["METHOD"] == "PUBLISH"
    assert "ATTENDEE" not in event_in(calendar)


@pytest.mark.parametrize(
    ("title", "said"),
    [("Visite d’un fournil", "Visite d’un fournil"), ("Boulangère", "Visite Boulangère")],
)
def test_a_visit_that_says_so_says_it_once(title, said):
    assert what_words(Offer(weight=Weight.VISIT, title=title)) == said
