"""Rule 1: published only while a training that the Region funds follows, and what happens otherwise."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains

from core import waits
from core.models import OutgoingMessage
from immersions.factories import ApplicationFactory, OfferFactory, SlotFactory
from immersions.offers import actions
from immersions.offers.models import Offer
from immersions.offers.publication import (
    NO_SESSION,
    NO_TRAINING,
    covered,
    may_be_published,
    sessions_leading_to,
    uncovered,
    what_is_missing,
)
from immersions.offers.workflow import OfferStatus
from immersions.tasks import follow_training_catalogue
from territories.factories import AgentTerritoryFactory, EmploymentBasinFactory, OccupationFactory
from territories.models import AgentTask, Commune, Region
from trainings.factories import SessionFactory
from trainings.models import Session

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent():
    return AgentTerritoryFactory().user


def session_for(offer: Offer, **more) -> Session:
    return SessionFactory(action__training__leads_to=[offer.occupation], **more)


class TestTheRule:
    def test_a_funded_session_to_come_within_reach_covers_an_offer(self):
        offer = OfferFactory()
        session = session_for(offer)
        assert list(sessions_leading_to(offer)) == [session]
        assert what_is_missing(offer) == ""

    def covered(self) -> set[Offer]:
        """Those that the rule covers; the two ways of asking for many never overlap."""
        inside = {offer for some in covered(Offer.objects.all()) for offer in some}
        outside = {offer for some in uncovered(Offer.objects.all()) for offer in some}
        assert not inside & outside
        assert inside | outside == set(Offer.objects.all())
        return inside

    def test_a_visit_is_free_of_it(self):
        offer = OfferFactory(visit=True)
        assert may_be_published(offer)
        assert self.covered() == {offer}

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            ({"action__unfunded": True}, NO_TRAINING),
            ({"starts_on": dt.date(2020, 1, 6), "ends_on": dt.date(2020, 3, 6)}, NO_SESSION),
            ({"seats_left": 0}, NO_SESSION),
            ({"status": "suspended"}, NO_SESSION),
            ({"action__nowhere": True}, NO_SESSION),
        ],
    )
    def test_what_is_missing_is_one_sentence(self, changed, sentence):
        offer = OfferFactory()
        session_for(offer, **changed)
        assert what_is_missing(offer) == sentence
        assert self.covered() == set()

    def test_no_training_at_all_is_said(self):
        assert what_is_missing(OfferFactory()) == NO_TRAINING

    def test_the_distance_is_said_and_the_reach_is_data_of_the_region(self):
        offer = OfferFactory()
        session_for(offer, action__in_nancy=True)
        assert may_be_published(offer)
        Region.objects.update(publication_radius_km=30)
        offer = Offer.objects.get()
        assert "au-delà des 30 km" in what_is_missing(offer)
        assert self.covered() == set()

    def test_both_ways_of_asking_agree(self):
        mason, welder = OccupationFactory(), OccupationFactory(welder=True)
        offers = [
            OfferFactory(occupation=mason),
            OfferFactory(occupation=welder),
            OfferFactory(occupation=mason, in_nancy=True),
            OfferFactory(occupation=welder, visit=True),
        ]
        SessionFactory(action__training__leads_to=[mason], action__in_nancy=True)
        together = self.covered()
        assert together == {offer for offer in offers if may_be_published(offer)}
        assert len(together) == 3


class TestAccept:
    def test_publishes_and_tells_members_and_contact(self, agent):
        offer = OfferFactory(status=OfferStatus.IN_MODERATION, published_at=None)
        session_for(offer)
        actions.accept_offer(offer, by=agent)
        assert offer.status == OfferStatus.PUBLISHED
        assert offer.published_at
        event = offer.events.get()
        assert (event.transition, event.by, event.role) == ("accept", agent, "agent")
        sent = OutgoingMessage.objects.all()
        assert {message.kind for message in sent} == {"immersions/offer_published"}
        member = offer.company.confirmed_members().get()
        assert {message.to for message in sent} == {member.email, offer.detail.contact_email}
        assert f"immersions/offer_published:{offer.pk}:{event.pk}:contact" in {m.key for m in sent}

    def test_holds_what_no_training_follows_and_opens_a_need(self, agent):
        EmploymentBasinFactory()
        offer = OfferFactory(status=OfferStatus.IN_MODERATION, published_at=None, posts=2)
        Commune.objects.update(epci=EmploymentBasinFactory().epcis.get())
        actions.accept_offer(offer, by=agent)
        assert offer.status == OfferStatus.AWAITING_TRAINING
        assert not offer.published_at
        need = AgentTask.objects.get()
        assert need.kind == "training_need"
        assert need.title == "Besoin de formation : Maçon / Maçonne, bassin de Metz, 2 postes"
        assert NO_TRAINING in need.detail
        assert dt.timedelta(5) <= need.due_on - timezone.localdate() <= dt.timedelta(12)
        [first, *_] = OutgoingMessage.objects.all()
        assert first.kind == "immersions/offer_awaiting_training"
        assert first.context["missing"] == NO_TRAINING

    def test_a_trusted_company_is_published_at_once(self):
        offer = OfferFactory(draft=True, company__is_trusted=True, workplace__company__is_trusted=True)
        session_for(offer)
        by = offer.company.confirmed_members().get()
        actions.submit_offer(offer, by=by)
        assert offer.status == OfferStatus.PUBLISHED
        moves = [(event.transition, event.role) for event in offer.events.all()]
        assert moves == [("submit", "company"), ("accept", "system")]

    def test_a_trusted_company_does_not_escape_rule_1(self):
        offer = OfferFactory(draft=True, workplace__company__is_trusted=True)
        actions.submit_offer(offer, by=offer.company.confirmed_members().get())
        assert offer.status == OfferStatus.AWAITING_TRAINING

    def test_a_company_cannot_accept_its_own_offer_through_the_page(self, client):
        offer = OfferFactory(status=OfferStatus.IN_MODERATION)
        client.force_login(offer.company.confirmed_members().get())
        response = client.post(reverse("admin:immersions_offer_decide", args=[offer.pk, "accept"]))
        assert response.status_code == 302
        offer.refresh_from_db()
        assert offer.status == OfferStatus.IN_MODERATION


class TestSendBack:
    def test_is_a_draft_again_and_the_company_reads_why(self, agent, client, commit, mailoutbox):
        offer = OfferFactory(status=OfferStatus.IN_MODERATION)
        with commit():
            actions.send_back_offer(offer, by=agent, reason="Dites ce que la personne <fera>.")
        assert offer.status == OfferStatus.DRAFT
        mail = mailoutbox[0]
        assert mail.subject == f"À revoir avant publication : {offer.title}"
        assert "Dites ce que la personne <fera>." in mail.body
        assert "&lt;fera&gt;" in mail.alternatives[0].content
        assert "&" not in mail.subject
        client.force_login(offer.company.confirmed_members().get())
        page = client.get(reverse("immersions:company_offer", args=[offer.pk]))
        assertContains(page, "À revoir avant de l’envoyer de nouveau")


class TestSweep:
    def test_what_lost_its_last_session_waits_and_comes_back_with_the_next(self):
        offer = OfferFactory()
        application = ApplicationFactory(offer=offer)
        slot = SlotFactory(offer=offer, places_taken=1)
        session = session_for(offer)
        follow_training_catalogue()
        assert Offer.objects.get().status == OfferStatus.PUBLISHED
        Session.objects.update(status="closed")
        follow_training_catalogue()
        offer.refresh_from_db()
        assert offer.status == OfferStatus.AWAITING_TRAINING
        [message, *_] = OutgoingMessage.objects.filter(kind="immersions/offer_awaiting_training")
        assert message.context["was_published"]
        application.refresh_from_db()
        slot.refresh_from_db()
        assert (application.status, slot.places_taken) == ("submitted", 1)
        Session.objects.filter(pk=session.pk).update(status="open")
        first_published = offer.published_at
        follow_training_catalogue()
        offer.refresh_from_db()
        assert (offer.status, offer.published_at) == (OfferStatus.PUBLISHED, first_published)
        assert OutgoingMessage.objects.filter(kind="immersions/offer_published").exists()
        assert AgentTask.objects.get().done_at

    def test_twice_moves_and_tells_once(self):
        OfferFactory()
        assert actions.refresh_publication() == 1
        count = OutgoingMessage.objects.count()
        assert actions.refresh_publication() == 0
        assert OutgoingMessage.objects.count() == count
        assert AgentTask.objects.count() == 1

    def test_goes_on_until_all_have_moved(self, monkeypatch):
        monkeypatch.setattr(actions, "SWEEP_BATCH", 2)
        for _ in range(3):
            OfferFactory()
        assert [actions.refresh_publication() for _ in range(3)] == [2, 1, 0]

    def test_leaves_paused_drafts_closed_and_visits_alone(self):
        for traits in ({"paused": True}, {"draft": True}, {"closed": True}, {"visit": True}):
            OfferFactory(**traits)
        assert actions.refresh_publication() == 0

    def test_costs_the_same_for_one_offer_and_for_many(self, django_assert_num_queries):
        mason = OccupationFactory()
        SessionFactory(action__training__leads_to=[mason])
        for _ in range(6):
            OfferFactory(occupation=mason)
        with django_assert_num_queries(5):  # The regions, twice; the visits; both ways for ours.
            assert actions.refresh_publication() == 0


class TestLetters:
    @pytest.mark.parametrize("was", ["published", "in_moderation"])
    def test_each_letter_says_it_in_both_forms(self, agent, was, commit, mailoutbox):
        offer = OfferFactory(status=was, title="Maçonne & maçon")
        with commit():
            if was == "published":
                actions.refresh_publication()
            else:
                actions.accept_offer(offer, by=agent)
        mail = mailoutbox[0]
        assert mail.subject == "Votre offre attend une formation : Maçonne & maçon"
        assert NO_TRAINING in mail.body
        assert NO_TRAINING in mail.alternatives[0].content
        assert "Maçonne &amp; maçon" in mail.alternatives[0].content
        assert ("n’est plus visible" in mail.body) is (was == "published")
        assert f"/entreprise/offres/{offer.pk}/" in mail.body


class TestWaitingToBeRead:
    def test_after_48_hours_it_stands_on_the_agents_list_until_it_is_decided(self, agent):
        offer = OfferFactory(status=OfferStatus.IN_MODERATION)
        session_for(offer, starts_on=timezone.localdate() + dt.timedelta(60))
        with time_machine.travel(timezone.now() + dt.timedelta(days=1), tick=False):
            waits.sweep_all()
            assert not AgentTask.objects.exists()
        with time_machine.travel(timezone.now() + dt.timedelta(days=2), tick=False):
            waits.sweep_all()
            waits.sweep_all()
            task = AgentTask.objects.get()
            assert (task.kind, task.department.code) == ("offer_in_moderation", "57")
            assert task.url == reverse("admin:immersions_offer_change", args=[offer.pk])
            actions.accept_offer(offer, by=agent)
        task.refresh_from_db()
        assert task.done_by == agent
