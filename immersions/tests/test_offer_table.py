"""The table of an offer's life decides every (status × event × role); nothing else moves it."""

import pytest
from django.db import IntegrityError

from accounts.factories import UserFactory
from accounts.roles import AGENT, CANDIDATE, COMPANY
from core.models import OutgoingMessage
from core.rules import RuleBroken
from core.workflow import SYSTEM, apply
from immersions.factories import OfferFactory
from immersions.offers.models import Offer
from immersions.offers.workflow import OFFER_WORKFLOW, OfferStatus
from tests.worlds import made_once

pytestmark = pytest.mark.django_db

# One line per event: from where, to where, and who. Read it against the domain's table.
DECIDED = {
    "submit": ("draft", "in_moderation", {COMPANY, AGENT}),
    "accept": ("in_moderation", "published", {AGENT, SYSTEM}),
    "hold": ("in_moderation published paused", "awaiting_training", {SYSTEM, AGENT, COMPANY}),
    "send_back": ("in_moderation", "draft", {AGENT}),
    "publish_again": ("awaiting_training paused", "published", {COMPANY, AGENT, SYSTEM}),
    "revise": ("published awaiting_training paused", "in_moderation", {COMPANY}),
    "pause": ("published awaiting_training", "paused", {COMPANY, AGENT}),
    "close": ("draft in_moderation published awaiting_training paused", "closed", {COMPANY, AGENT}),
}
ROLES = [COMPANY, AGENT, SYSTEM, CANDIDATE]
EVERY = [
    pytest.param(transition, status, role, id=f"{transition.name}-{status}-{role}")
    for transition in OFFER_WORKFLOW.transitions
    for status in OfferStatus.values
    for role in ROLES
]

_made, published = made_once(OfferFactory)


def test_the_table_has_these_events_and_no_other():
    assert {transition.name for transition in OFFER_WORKFLOW.transitions} == set(DECIDED)


@pytest.mark.parametrize(("transition", "status", "role"), EVERY)
def test_each_move_is_decided(published, transition, status, role):
    sources, target, who = DECIDED[transition.name]
    Offer.objects.filter(pk=published.pk).update(status=status)
    offer = Offer.objects.get(pk=published.pk)
    if status in sources.split() and role in who:
        apply(transition, offer, role=role, by=None, note="Parce que.")
        offer.refresh_from_db()
        assert offer.status == target
        event = offer.events.get()
        assert (event.from_status, event.to_status, event.role) == (status, target, role)
    else:
        with pytest.raises(RuleBroken):
            apply(transition, offer, role=role, by=None, note="Parce que.")
        offer.refresh_from_db()
        assert offer.status == status
        assert not offer.events.exists()


def test_the_database_refuses_an_unknown_status():
    offer = OfferFactory()
    with pytest.raises(IntegrityError, match="offer_status_is_known"):
        Offer.objects.filter(pk=offer.pk).update(status="forgotten")


@pytest.mark.parametrize("status", ["in_moderation", "published", "awaiting_training", "paused"])
def test_the_database_refuses_an_offer_that_lacks_answers(status):
    offer = OfferFactory(draft=True, occupation=None)
    with pytest.raises(IntegrityError, match="offer_beyond_draft_is_whole"):
        Offer.objects.filter(pk=offer.pk).update(status=status)


def test_a_move_without_its_reason_is_refused():
    from immersions.offers.actions import send_back_offer

    offer = OfferFactory(status=OfferStatus.IN_MODERATION)
    with pytest.raises(RuleBroken, match="Dites pourquoi"):
        send_back_offer(offer, by=UserFactory(agent=True), reason=" ")
    assert not OutgoingMessage.objects.exists()
