"""Two people at once: one wins, the other reads why."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from candidates.factories import CandidateFactory
from core.rules import RuleBroken
from immersions.applications import actions
from immersions.applications.models import Application, Booking, EndReason
from immersions.factories import ApplicationFactory, OfferFactory, SlotFactory
from immersions.offers.actions import close_offer
from immersions.offers.models import DateMode, Offer, Slot
from immersions.offers.writing import Period, answer_dates
from tests.race import overlapping

pytestmark = pytest.mark.django_db(transaction=True)
MANY, PLACES = 50, 3


def booking_of(application, slot):
    by = application.offer.company.confirmed_members().first()

    def book():
        actions.book_application(
            Application.objects.get(pk=application.pk), slot=Slot.objects.get(pk=slot.pk), by=by
        )

    return book


def test_two_members_book_the_last_place_for_two_people():
    slot = SlotFactory(places=1)
    one, other = ApplicationFactory(offer=slot.offer), ApplicationFactory(offer=slot.offer)
    assert overlapping(booking_of(one, slot), booking_of(other, slot)) == "refused"
    slot.refresh_from_db()
    assert (slot.places_taken, Booking.objects.count()) == (1, 1)


def test_two_members_book_the_same_person():
    slot = SlotFactory(places=2)
    application = ApplicationFactory(offer=slot.offer)
    assert overlapping(booking_of(application, slot), booking_of(application, slot)) == "refused"
    assert application.events.count() == 1


def test_two_companies_book_the_same_person_for_the_same_days():
    here, there = SlotFactory(), SlotFactory()
    candidate = CandidateFactory()
    one = ApplicationFactory(offer=here.offer, candidate=candidate)
    other = ApplicationFactory(offer=there.offer, candidate=candidate)
    assert overlapping(booking_of(one, here), booking_of(other, there)) == "refused"


def declining(application):
    by = application.offer.company.confirmed_members().first()

    def decline():
        mine = Application.objects.get(pk=application.pk)
        actions.decline_application(mine, by=by, reason=EndReason.NO_TIME)

    return decline


def test_one_member_books_while_another_declines():
    slot = SlotFactory()
    application = ApplicationFactory(offer=slot.offer)
    assert overlapping(booking_of(application, slot), declining(application)) == "refused"
    application.refresh_from_db()
    assert application.status == "booked"


def test_one_member_declines_while_another_books():
    slot = SlotFactory()
    application = ApplicationFactory(offer=slot.offer)
    assert overlapping(declining(application), booking_of(application, slot)) == "refused"
    application.refresh_from_db()
    slot.refresh_from_db()
    assert (application.status, slot.places_taken) == ("declined", 0)


def test_one_candidate_applies_in_two_windows():
    offer, candidate = OfferFactory(), CandidateFactory()

    def submit():
        actions.submit_application(Offer.objects.get(pk=offer.pk), candidate=candidate, by=candidate.user)

    assert overlapping(submit, submit) == "refused"
    assert Application.objects.count() == 1


def test_one_applies_while_the_offer_closes():
    """Nobody is left waiting for an answer that will not come."""
    offer, candidate = OfferFactory(), CandidateFactory()
    by = offer.company.confirmed_members().first()

    def close():
        close_offer(Offer.objects.get(pk=offer.pk), by=by)

    def submit():
        actions.submit_application(Offer.objects.get(pk=offer.pk), candidate=candidate, by=candidate.user)

    assert overlapping(close, submit) == "refused"
    assert not Application.objects.exists()


def test_an_offer_closes_while_its_slot_is_booked():
    """Both hold something that the other wants: in the wrong order, one of them would fail."""
    slot = SlotFactory()
    application, waiting = ApplicationFactory(offer=slot.offer), ApplicationFactory(offer=slot.offer)
    by = slot.offer.company.confirmed_members().first()

    def close():
        close_offer(Offer.objects.get(pk=slot.offer_id), by=by)

    assert overlapping(booking_of(application, slot), close) == "accepted"
    for row in (application, waiting):
        row.refresh_from_db()
    assert (application.status, waiting.status) == ("booked", "declined")


def test_fifty_at_once_share_three_places():
    slot = SlotFactory(places=PLACES)
    bookings = [booking_of(ApplicationFactory(offer=slot.offer), slot) for _ in range(MANY)]

    def outcome(book) -> str:
        try:
            book()
        except RuleBroken as refusal:
            return refusal.code
        else:
            return "booked"
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=10) as pool:
        outcomes = list(pool.map(outcome, bookings))
    assert outcomes.count("booked") == PLACES
    assert outcomes.count("slot_full") == MANY - PLACES
    slot.refresh_from_db()
    assert slot.places_taken == Booking.objects.count() == PLACES


def removing(slot):
    def remove():
        offer = Offer.objects.get(pk=slot.offer_id)
        by = offer.company.confirmed_members().first()
        answer_dates(offer, by=by, date_mode=DateMode.SLOTS, weeks=[], removed=[slot.pk])

    return remove


def moving(slot):
    def move():
        offer = Offer.objects.get(pk=slot.offer_id)
        by = offer.company.confirmed_members().first()
        week = dt.timedelta(weeks=1)
        period = Period(
            pk=slot.pk,
            first_day=slot.first_day + week,
            last_day=slot.last_day + week,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            places=slot.places,
        )
        answer_dates(offer, by=by, date_mode=DateMode.SLOTS, weeks=[], periods=[period])

    return move


@pytest.mark.parametrize("change", [removing, moving])
def test_a_slot_that_a_colleague_changes_is_not_given_as_it_was(change):
    slot = SlotFactory()
    application = ApplicationFactory(offer=slot.offer)
    slot.refresh_from_db()
    assert overlapping(change(slot), booking_of(application, slot)) == "refused"
    assert not Booking.objects.exists()


@pytest.mark.parametrize("change", [removing, moving])
def test_a_slot_being_given_does_not_change_under_the_person(change):
    slot = SlotFactory()
    application = ApplicationFactory(offer=slot.offer)
    slot.refresh_from_db()
    assert overlapping(booking_of(application, slot), change(slot)) == "refused"
    assert Booking.objects.get().slot.first_day == slot.first_day


def test_applying_locks_the_offer_before_the_person(client):
    """As every other decision does: two who wait for each other would both fail."""
    offer, candidate = OfferFactory(), CandidateFactory()
    client.force_login(candidate.user)
    with CaptureQueriesContext(connection) as asked:
        client.post(f"{offer.get_absolute_url()}demander/", {"why": "Le grand air"})
    assert Application.objects.filter(offer=offer).exists()
    said = [query["sql"] for query in asked]
    locked = next(n for n, sql in enumerate(said) if "FOR NO KEY UPDATE" in sql)
    written = next(n for n, sql in enumerate(said) if sql.startswith('UPDATE "candidates_candidate"'))
    assert '"immersions_offer"' in said[locked]
    assert locked < written
