"""« Prévenez-moi si une place se libère »: once, in order, no promise, and it ends with the slot."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from candidates.factories import CandidateFactory
from core.models import OutgoingMessage
from core.rules import RuleBroken
from immersions.applications.actions import withdraw_application
from immersions.factories import ApplicationFactory, SlotFactory
from immersions.freed.actions import ask_to_be_told, stop_being_told, tell_of_free_places
from immersions.freed.models import SlotWait
from immersions.offers.models import Offer, Slot

pytestmark = pytest.mark.django_db


@pytest.fixture
def booked():
    """The one who has the only place."""
    slot = SlotFactory(places=1)
    return ApplicationFactory(booked=True, offer=slot.offer, slot=slot)


@pytest.fixture
def slot(booked):
    return Slot.objects.get(bookings__application=booked)


@pytest.fixture
def waiting(slot):
    """Three who asked, one after the other."""
    people = [CandidateFactory() for _ in range(3)]
    for candidate in people:
        ask_to_be_told(slot, candidate)
    return people


def withdraw(application):
    withdraw_application(application, by=application.candidate.user, reason="found_work")


def told():
    rows = OutgoingMessage.objects.filter(kind="immersions/place_freed").order_by("pk")
    return [row.to_user for row in rows]


def later(**delay):
    return time_machine.travel(timezone.now() + dt.timedelta(**delay), tick=False)


def test_the_first_who_asked_is_told_once(booked, waiting):
    assert tell_of_free_places() == 0
    withdraw(booked)
    assert tell_of_free_places() == 1
    assert tell_of_free_places() == 0
    assert told() == [waiting[0].user]


def test_a_day_later_the_next_one_if_it_is_still_free(booked, waiting, slot):
    withdraw(booked)
    tell_of_free_places()
    with later(hours=25):
        tell_of_free_places()
        tell_of_free_places()
    assert told() == [waiting[0].user, waiting[1].user]
    Slot.objects.filter(pk=slot.pk).update(places_taken=1)
    with later(hours=50):
        assert tell_of_free_places() == 0


def test_two_places_tell_two_people(waiting, slot):
    Slot.objects.filter(pk=slot.pk).update(places=3)
    assert tell_of_free_places() == 2
    assert told() == [waiting[0].user, waiting[1].user]


def test_no_place_is_promised(booked, waiting, slot):
    withdraw(booked)
    tell_of_free_places()
    slot.refresh_from_db()
    assert slot.places_taken == 0
    ApplicationFactory(booked=True, offer=slot.offer, slot=slot)  # Somebody else was quicker.


def test_it_ends_with_the_slot(booked, waiting, slot):
    withdraw(booked)
    Slot.objects.filter(pk=slot.pk).update(is_open=False)
    assert tell_of_free_places() == 0
    assert not SlotWait.objects.exists()


def test_nothing_is_said_too_late_nor_of_a_paused_offer(booked, waiting, slot):
    withdraw(booked)
    Offer.objects.filter(pk=slot.offer_id).update(status="paused")
    assert tell_of_free_places() == 0
    Offer.objects.filter(pk=slot.offer_id).update(status="published")
    with time_machine.travel(
        dt.datetime.combine(slot.first_day - dt.timedelta(days=1), dt.time(12)), tick=False
    ):
        assert tell_of_free_places() == 0  # No time left to sign an agreement.
    assert SlotWait.objects.count() == 3


def test_who_has_a_place_already_is_left_in_peace(booked, slot, waiting):
    other = SlotFactory(
        offer=slot.offer,
        first_day=slot.first_day + dt.timedelta(days=7),
        last_day=slot.last_day + dt.timedelta(days=7),
    )
    ApplicationFactory(booked=True, offer=slot.offer, slot=other, candidate=waiting[0])
    withdraw(booked)
    tell_of_free_places()
    assert told() == [waiting[1].user]


def test_only_a_full_slot_and_only_once(waiting, slot):
    with pytest.raises(RuleBroken, match="déjà demandé"):
        ask_to_be_told(slot, waiting[0])
    with pytest.raises(RuleBroken, match="plus complet"):
        ask_to_be_told(SlotFactory(), waiting[0])
    stop_being_told(slot, waiting[0])
    assert SlotWait.objects.count() == 2


def test_from_the_page_to_the_space(client, booked, slot):
    candidate = CandidateFactory()
    client.force_login(candidate.user)
    page = reverse("immersions:freed", args=[slot.offer.pk, slot.offer.slug])
    asking = client.get(reverse("immersions:apply", args=[slot.offer.pk, slot.offer.slug]))
    assertContains(asking, page)
    assertContains(client.post(page, {"slot": slot.pk, "do": "ask"}, follow=True), "Vous serez prévenu")
    assertContains(client.post(page, {"slot": "x", "do": "ask"}, follow=True), "n’existe plus")
    assertNotContains(client.get(reverse("candidate_space")), "Une place s’est libérée")
    withdraw(booked)
    tell_of_free_places()
    space = client.get(reverse("candidate_space"))
    assertContains(space, "Une place s’est libérée")
    assertContains(space, f"creneau={slot.pk}")
