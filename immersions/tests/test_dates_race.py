"""Two people change dates at once: no place is lost, none is given twice."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from core.rules import RuleBroken
from immersions.applications import actions as applications
from immersions.applications.models import Application, Booking
from immersions.dates import actions, periods
from immersions.dates.models import DateProposal
from immersions.dates.slots import close_slot
from immersions.factories import ApplicationFactory, OfferFactory, SlotFactory
from immersions.offers.models import DateMode, Slot
from tests.race import overlapping

pytestmark = pytest.mark.django_db(transaction=True)
MANY, PLACES = 50, 3


def a_proposal(slot, *, held=None):
    """Someone who has a place elsewhere asks for one in `slot`."""
    application = ApplicationFactory(
        offer=slot.offer, booked=True, slot=held, **({} if held else {"slot__places": 1})
    )
    user = application.candidate.user
    application = Application.objects.get(pk=application.pk)
    return actions.propose_dates(application, [periods.of_slots([slot])], by=user)


def accepting(proposal, by):
    def accept():
        actions.accept_dates(DateProposal.objects.select_related("application").get(pk=proposal.pk), by=by)

    return accept


def booking(application, slot, by):
    def book():
        applications.book_application(
            Application.objects.get(pk=application.pk), slot=Slot.objects.get(pk=slot.pk), by=by
        )

    return book


def member_of(offer):
    return offer.company.confirmed_members().first()


def test_the_last_place_goes_to_one_of_two_who_change_their_dates():
    slot = SlotFactory(places=1)
    by = member_of(slot.offer)
    one, other = a_proposal(slot), a_proposal(slot)
    assert overlapping(accepting(one, by), accepting(other, by)) == "refused"
    slot.refresh_from_db()
    assert slot.places_taken == 1
    assert Booking.objects.count() == 2  # Each still has a place: the new one, or the old one.


def test_an_answer_and_a_change_of_mind_at_once():
    slot = SlotFactory()
    proposal = a_proposal(slot)
    by = member_of(slot.offer)

    def take_back():
        mine = DateProposal.objects.select_related("application").get(pk=proposal.pk)
        actions.take_dates_back(mine, by=mine.author)

    assert overlapping(accepting(proposal, by), take_back) == "refused"


def test_two_people_exchange_their_slots_without_waiting_for_each_other():
    offer = OfferFactory(date_mode=DateMode.SLOTS)
    here, there = SlotFactory(offer=offer), SlotFactory(offer=offer)
    by = member_of(offer)
    one, other = a_proposal(there, held=here), a_proposal(here, held=there)
    assert overlapping(accepting(one, by), accepting(other, by)) == "accepted"
    assert list(Slot.objects.order_by("pk").values_list("places_taken", flat=True)) == [1, 1]


def test_someone_books_while_the_slot_closes():
    slot = SlotFactory()
    by = member_of(slot.offer)
    application = ApplicationFactory(offer=slot.offer)

    def close():
        close_slot(Slot.objects.get(pk=slot.pk), by=by)

    assert overlapping(close, booking(application, slot, by)) == "refused"
    application.refresh_from_db()
    assert application.status == "submitted"


def test_fifty_who_book_or_change_their_dates_share_three_places():
    slot = SlotFactory(places=PLACES)
    by = member_of(slot.offer)
    moves = [accepting(a_proposal(slot), by) for _ in range(MANY // 2)]
    moves += [booking(ApplicationFactory(offer=slot.offer), slot, by) for _ in range(MANY // 2)]

    def outcome(act) -> str:
        try:
            act()
        except RuleBroken as refusal:
            return refusal.code
        else:
            return "placed"
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=10) as pool:
        outcomes = list(
            pool.map(outcome, [move for pair in zip(moves[:25], moves[25:], strict=True) for move in pair])
        )
    assert outcomes.count("placed") == PLACES
    assert outcomes.count("slot_full") == MANY - PLACES
    slot.refresh_from_db()
    assert slot.places_taken == slot.bookings.count() == PLACES
    assert sum(Slot.objects.values_list("places_taken", flat=True)) == Booking.objects.count()
