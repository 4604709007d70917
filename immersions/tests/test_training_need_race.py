"""Two people at once about one training need: one outcome."""

import pytest
from django.db import transaction

from immersions.factories import OfferFactory
from immersions.needs.actions import answer_need
from immersions.needs.joining import join_need
from immersions.needs.models import TrainingNeed
from territories.factories import AgentTerritoryFactory, OccupationFactory
from tests.race import overlapping

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_agents_answer_and_the_first_one_stands():
    offer = OfferFactory(status="awaiting_training")
    with transaction.atomic():
        join_need(offer)
    agent = AgentTerritoryFactory().user

    def answer(words: str):
        answer_need(TrainingNeed.objects.get(), by=agent, answer="none", words=words)

    assert overlapping(lambda: answer("Rien."), lambda: answer("Non plus.")) == "refused"
    assert TrainingNeed.objects.get().words == "Rien."


def test_two_offers_that_fall_at_once_share_one_need():
    mason = OccupationFactory()
    offers = [OfferFactory(status="awaiting_training", occupation=mason) for _ in range(2)]

    def join(offer):
        with transaction.atomic():
            join_need(offer)

    assert overlapping(lambda: join(offers[0]), lambda: join(offers[1])) == "accepted"
    assert TrainingNeed.objects.get().shares.count() == 2
