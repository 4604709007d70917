"""A workplace moves within its commune: whoever is booked there is told, and so is their calendar."""

import datetime as dt

import pytest
import time_machine
from icalendar import Calendar

from companies.actions import move_workplace
from core.models import OutgoingMessage
from immersions.factories import ApplicationFactory, SlotFactory
from territories.geo import Place

pytestmark = pytest.mark.django_db
HERE, THERE = "12 rue des Clercs", "3 quai Paul Wiltzer"


def move(application, **to):
    workplace = application.offer.workplace
    fields = {"address": THERE, "postcode": "57000", "commune": workplace.commune, "name": ""} | to
    by = application.offer.company.confirmed_members().get()
    move_workplace(workplace, by=by, place=Place.of_commune(workplace.commune), **fields)


def told(**fields):
    return OutgoingMessage.objects.filter(kind="immersions/place_moved", **fields)


@pytest.fixture
def booked():
    slot = SlotFactory()
    return ApplicationFactory(booked=True, slot=slot, offer=slot.offer)


def test_who_is_booked_and_the_company_read_both_addresses(booked, commit, mailoutbox):
    with commit():
        move(booked)
    person = booked.candidate.user.email
    assert person in {mail.to[0] for mail in mailoutbox}
    assert len(mailoutbox) == told().count() >= 2
    for mail in mailoutbox:
        assert HERE in mail.body
        assert THERE in mail.body
        assert THERE in mail.alternatives[0].content


def test_the_calendar_keeps_its_event_and_changes_its_place(booked):
    move(booked)
    [file] = told(to=booked.candidate.user.email).get().attachments
    [event] = Calendar.from_ical(file["text"]).walk("VEVENT")
    assert THERE in event["LOCATION"]
    assert event["SEQUENCE"] == booked.calendar_sequence + 1
    booked.refresh_from_db()
    assert booked.calendar_sequence == 2


def test_the_same_address_typed_again_tells_nobody(booked):
    move(booked, address=HERE)
    assert not told().exists()


def test_who_only_asks_or_has_already_come_is_not_disturbed(booked):
    ApplicationFactory(offer=booked.offer)
    with time_machine.travel(booked.slots[0].last_day + dt.timedelta(days=1), tick=False):
        move(booked)
    assert not told().exists()
