"""What the lists and the spaces ask of the database does not grow with what they show."""

import pytest
from django.urls import reverse

from candidates.factories import CandidateFactory
from immersions.factories import ApplicationFactory, OfferFactory, QuestionFactory, SlotFactory
from immersions.tests.test_application_pages import log_in

pytestmark = pytest.mark.django_db

BUDGET = 12


class TestBudget:
    """The same number of queries for one row and for many."""

    @pytest.mark.parametrize("url", ["candidate_space", "immersions:my_applications"])
    @pytest.mark.parametrize("many", [1, 8])
    def test_candidate(self, client, url, many, django_assert_max_num_queries):
        candidate = CandidateFactory()
        for _ in range(many):
            ApplicationFactory(candidate=candidate, booked=True)
            QuestionFactory(application=ApplicationFactory(candidate=candidate))
        log_in(client, candidate)
        client.get(reverse(url))  # The name of the region is asked once a minute, by whoever comes first.
        with django_assert_max_num_queries(BUDGET):
            client.get(reverse(url))

    @pytest.mark.parametrize("url", ["company_space", "immersions:received_applications"])
    @pytest.mark.parametrize("many", [1, 8])
    def test_company(self, client, url, many, django_assert_max_num_queries):
        offer = OfferFactory()
        for _ in range(many):
            slot = SlotFactory(offer=offer)
            ApplicationFactory(offer=offer, booked=True, slot=slot)
            QuestionFactory(application=ApplicationFactory(offer=offer))
            OfferFactory(company=offer.company, draft=True)
        log_in(client, offer.company.confirmed_members().first())
        client.get(reverse(url))  # The name of the region is asked once a minute, by whoever comes first.
        with django_assert_max_num_queries(BUDGET):
            client.get(reverse(url))
