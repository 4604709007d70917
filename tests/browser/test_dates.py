"""Dates, first appointments and agreements made elsewhere: axe, and nothing sticks out at 320 px."""

import datetime as dt
import os
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from candidates.factories import FollowingFactory
from companies.factories import CompanyFactory
from immersions.agreements.actions import open_agreement
from immersions.applications.models import Application
from immersions.appointments import actions as appointments
from immersions.dates.actions import propose_dates
from immersions.dates.periods import of_slots
from immersions.dates.slots import close_slot
from immersions.factories import ApplicationFactory, OfferFactory, SlotFactory, monday_in
from immersions.offers.models import DateMode
from tests.browser.axe import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
PICTURES = os.environ.get("PICTURES_DIR", "")


def address(name: str, *args) -> str:
    return reverse(name if "_space" in name else f"immersions:{name}", args=args)


@pytest.fixture
def world():
    """One booking with dates proposed, one whose slot is closed, one application with times to pick."""
    company = CompanyFactory(name="Pierre & Chaux")
    offer = OfferFactory(workplace__company=company, date_mode=DateMode.SLOTS, discovery=True)
    slots = [SlotFactory(offer=offer, first_day=monday_in(weeks=n)) for n in (3, 4, 5)]
    member = company.confirmed_members().first()
    proposed, closed = (ApplicationFactory(offer=offer, booked=True, slot=slot) for slot in slots[:2])
    proposed = Application.objects.get(pk=proposed.pk)
    propose_dates(proposed, [of_slots([slots[2]])], by=member, words="Un chantier décalé.")
    close_slot(Application.objects.get(pk=closed.pk).slots[0], by=member, words="Atelier inondé.")
    free = ApplicationFactory(booked=True, offer=OfferFactory(workplace=offer.workplace))
    asked = ApplicationFactory(offer=OfferFactory(workplace=offer.workplace))
    starts = [timezone.localtime() + dt.timedelta(days=days) for days in (3, 4)]
    options = {"kind": "phone", "minutes": 15, "where": "Je vous appelle."}
    times = appointments.offer_times(company, starts, by=member, application=asked, **options)
    met = ApplicationFactory(offer=OfferFactory(workplace=offer.workplace))
    [time] = appointments.offer_times(company, [starts[0] + dt.timedelta(hours=2)], by=member, **options)
    appointment = appointments.pick_time(met, time, by=met.candidate.user)
    appointments.offer_times(company, [starts[1] + dt.timedelta(hours=3)], by=member, **options)
    followed = FollowingFactory(candidate=free.candidate, followed=True)
    open_agreement(free, None)
    return {
        "offer": offer, "member": member, "proposed": proposed, "closed": closed, "free": free, "asked": asked,
        "met": met, "appointment": appointment, "times": times, "slot": slots[2],
        "advisor": followed.structure.confirmed_members().first(),
    }  # fmt: skip


def pages_of(world):
    member = world["member"]
    of = {name: world[name].candidate.user for name in ("proposed", "closed", "free", "asked", "met")}
    pk = {name: world[name].pk for name in of}
    return [
        (address("company_slots", world["offer"].pk), member),
        (address("slot_move", world["slot"].pk), member),
        (address("slot_close", world["slot"].pk), member),
        (address("received_dates", pk["free"]), member),
        (address("received_application", pk["proposed"]), member),
        (address("received_application", pk["met"]), member),
        (address("received_application", pk["asked"]), member),
        (address("application_series", pk["asked"]), member),
        (address("appointment_offer", pk["asked"]), member),
        (address("company_times"), member),
        (address("received_appointment_cancel", world["appointment"].pk), member),
        (address("company_space"), member),
        (address("my_dates_answer", pk["proposed"]), of["proposed"]),
        (address("my_dates_answer", pk["closed"]), of["closed"]),
        (address("my_application", pk["proposed"]), of["proposed"]),
        (address("my_dates", pk["free"]), of["free"]),
        (address("my_appointment", pk["asked"]), of["asked"]),
        (address("my_application", pk["met"]), of["met"]),
        (address("candidate_space"), of["asked"]),
        (address("external_agreement", pk["free"]), world["advisor"]),
    ]


@pytest.mark.deep_too
def test_axe_finds_nothing_and_nothing_sticks_out(world, visit):
    for number, (path, user) in enumerate(pages_of(world)):
        page = visit(path, user=user)
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{number:02}.png", full_page=True)
        assert faults(page) == [], path
