"""Two people decide about one offer at the same moment: one does it, the other reads why not."""

import pytest

from immersions.factories import ApplicationFactory, OfferFactory, SlotFactory
from immersions.offers import actions, writing
from immersions.offers.models import Offer
from immersions.offers.workflow import OfferStatus
from territories.factories import AgentTerritoryFactory
from tests.race import overlapping
from trainings.factories import SessionFactory

pytestmark = pytest.mark.django_db(transaction=True)


def again(offer: Offer) -> Offer:
    return Offer.objects.get(pk=offer.pk)


def test_two_members_submit():
    offer = OfferFactory(draft=True)
    by = offer.company.confirmed_members().get()

    def submit():
        actions.submit_offer(again(offer), by=by)

    assert overlapping(submit, submit) == "refused"
    assert again(offer).status == OfferStatus.IN_MODERATION
    assert offer.events.count() == 1


def test_an_agent_accepts_while_the_company_closes():
    offer = OfferFactory(status=OfferStatus.IN_MODERATION)
    SessionFactory(action__training__leads_to=[offer.occupation])
    by, agent = offer.company.confirmed_members().get(), AgentTerritoryFactory().user
    outcome = overlapping(
        lambda: actions.close_offer(again(offer), by=by),
        lambda: actions.accept_offer(again(offer), by=agent),
    )
    assert outcome == "refused"
    assert again(offer).status == OfferStatus.CLOSED


def test_an_agent_accepts_what_another_sends_back():
    offer = OfferFactory(status=OfferStatus.IN_MODERATION)
    agent = AgentTerritoryFactory().user
    outcome = overlapping(
        lambda: actions.send_back_offer(again(offer), by=agent, reason="À revoir."),
        lambda: actions.accept_offer(again(offer), by=agent),
    )
    assert outcome == "refused"
    assert again(offer).status == OfferStatus.DRAFT


def test_two_members_edit_different_pages_and_both_are_kept():
    offer = OfferFactory(draft=True)
    by = offer.company.confirmed_members().get()
    outcome = overlapping(
        lambda: writing.answer(again(offer), by=by, on_offer={"title": "Maçonne, maçon"}),
        lambda: writing.answer(again(offer), by=by, on_offer={"posts": 3}, on_detail={"about": "Six."}),
    )
    assert outcome == "accepted"
    now = again(offer)
    assert (now.title, now.posts, now.detail.about) == ("Maçonne, maçon", 3, "Six.")


def test_a_change_of_trade_while_someone_applies():
    offer = OfferFactory()
    by = offer.company.confirmed_members().get()

    def apply():
        locked = again(offer)
        locked.lock()  # As `submit_application` does first.
        ApplicationFactory(offer=locked)

    outcome = overlapping(
        apply, lambda: writing.answer(again(offer), by=by, on_offer={"weight": "discovery"})
    )
    assert outcome == "refused"
    assert again(offer).weight == "hiring_project"


def test_a_slot_is_removed_while_someone_takes_it():
    slot = SlotFactory(offer__date_mode="slots")
    by = slot.offer.company.confirmed_members().get()

    def take():
        held = type(slot).objects.select_for_update().get(pk=slot.pk)
        held.places_taken += 1
        held.save()

    def remove():
        writing.answer_dates(again(slot.offer), by=by, date_mode="slots", weeks=[], removed={slot.pk})

    assert overlapping(take, remove) == "refused"
    slot.refresh_from_db()
    assert slot.places_taken == 1
