"""A company changes, pauses, closes and duplicates its offers, and reads where each one stands."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from accounts.factories import UserFactory
from companies.factories import CompanyFactory, WorkplaceFactory
from core.models import OutgoingMessage
from core.rules import RuleBroken
from immersions.factories import ApplicationFactory, OfferFactory, SlotFactory
from immersions.offers import actions
from immersions.offers.models import Offer
from immersions.offers.publication import NO_TRAINING
from immersions.offers.workflow import OfferStatus
from immersions.offers.writing import answer
from territories.factories import AgentTerritoryFactory, CommuneFactory, OccupationFactory
from territories.models import AgentTask
from trainings.factories import SessionFactory
from trainings.models import Session

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent():
    return AgentTerritoryFactory().user


def session_for(offer: Offer) -> None:
    SessionFactory(action__training__leads_to=[offer.occupation])


class TestAPlaceOfWorkThatMoves:
    @pytest.fixture
    def offer(self, client):
        offer = OfferFactory(company__is_trusted=True, workplace__company__is_trusted=True)
        client.force_login(offer.company.confirmed_members().get())
        return offer

    def move(self, client, offer: Offer, **to):
        place = {"address": "2 rue", "q_lieu": "Nancy"} | to
        answer = client.post(reverse("companies:workplace_edit", args=[offer.workplace_id]), place)
        offer.refresh_from_db()
        return answer

    def test_takes_its_offers_along(self, client, offer):
        nancy = CommuneFactory(nancy=True)
        SessionFactory(action__training__leads_to=[offer.occupation], action__in_nancy=True)
        self.move(client, offer)
        assert (offer.commune, offer.x, offer.y) == (nancy, nancy.x, nancy.y)
        assert offer.status == OfferStatus.PUBLISHED

    def test_asks_rule_1_again(self, client, offer):
        CommuneFactory(nancy=True)
        self.move(client, offer)
        assert offer.status == OfferStatus.AWAITING_TRAINING

    def test_is_read_again_where_the_company_is_not_trusted(self, client, offer):
        type(offer.company).objects.update(is_trusted=False)
        CommuneFactory(nancy=True)
        self.move(client, offer)
        assert offer.status == OfferStatus.IN_MODERATION

    def test_stays_in_its_commune_once_people_asked_for_it(self, client, offer):
        CommuneFactory(nancy=True)
        ApplicationFactory(offer=offer)
        metz = offer.commune
        assertContains(self.move(client, offer), "sa commune ne change plus")
        offer.workplace.refresh_from_db()
        assert (offer.commune, offer.workplace.commune) == (metz, metz)

    def test_leaves_closed_offers_where_they_were(self, client, offer):
        CommuneFactory(nancy=True)
        Offer.objects.update(status=OfferStatus.CLOSED)
        metz = offer.commune
        self.move(client, offer)
        assert offer.commune == metz


class TestPauseAndClose:
    def test_resume_asks_rule_1_again(self):
        offer = OfferFactory(paused=True)
        by = offer.company.confirmed_members().get()
        actions.resume_offer(offer, by=by)
        assert offer.status == OfferStatus.AWAITING_TRAINING

    def test_a_company_cannot_talk_an_offer_out_of_waiting_for_a_training(self):
        offer = OfferFactory(status=OfferStatus.AWAITING_TRAINING)
        with pytest.raises(RuleBroken, match="Aucune formation"):
            actions.resume_offer(offer, by=offer.company.confirmed_members().get())

    def test_closing_answers_those_who_wait_and_keeps_what_is_booked(self):
        offer = OfferFactory()
        slot = SlotFactory(offer=offer)
        waiting = ApplicationFactory(offer=offer)
        actions.close_offer(offer, by=offer.company.confirmed_members().get())
        waiting.refresh_from_db()
        slot.refresh_from_db()
        assert offer.status == OfferStatus.CLOSED
        assert (waiting.status, slot.is_open) == ("declined", False)
        assert OutgoingMessage.objects.filter(to=waiting.candidate.user.email).exists()

    def test_an_agent_who_stops_an_offer_tells_its_company_why(self, agent, commit, mailoutbox):
        offer = OfferFactory()
        with commit():
            actions.pause_offer(offer, by=agent, role="agent", reason="Nous vous appelons.")
        assert "en pause" in mailoutbox[0].subject
        assert "Nous vous appelons." in mailoutbox[0].body

    def test_a_company_that_pauses_gets_no_letter(self):
        offer = OfferFactory()
        actions.pause_offer(offer, by=offer.company.confirmed_members().get())
        assert not OutgoingMessage.objects.exists()


class TestEditingAPublishedOffer:
    @pytest.fixture
    def offer(self):
        offer = OfferFactory()
        session_for(offer)
        return offer

    @pytest.fixture
    def member(self, offer):
        return offer.company.confirmed_members().get()

    def edit(self, client, offer, step, data):
        client.force_login(offer.company.confirmed_members().get())
        return client.post(reverse("immersions:offer_step", args=[offer.pk, step]), data, follow=True)

    TASKS = {"title": "Maçonne, maçon", "task_1": "A", "task_2": "B", "task_3": "C"}

    def test_what_an_agent_read_is_read_again(self, client, offer):
        page = self.edit(client, offer, "taches", self.TASKS)
        assertContains(page, "Nous relisons l’offre sous 2 jours")
        offer.refresh_from_db()
        assert (offer.status, offer.title) == (OfferStatus.IN_MODERATION, "Maçonne, maçon")
        assert offer.events.get().data == {"fields": ["tasks", "title"]}

    def test_a_trusted_companys_words_are_published_at_once(self, client, offer):
        offer.company.is_trusted = True
        offer.company.save()
        self.edit(client, offer, "taches", self.TASKS)
        offer.refresh_from_db()
        assert (offer.status, offer.title) == (OfferStatus.PUBLISHED, "Maçonne, maçon")
        assert offer.events.get().transition == "edit"

    def test_dates_and_contact_stay_published(self, client, offer):
        contact = {"contact_name": "Zoé Adam", "contact_email": "zoe@example.org"}
        self.edit(client, offer, "contact", contact)
        offer.refresh_from_db()
        assert (offer.status, offer.detail.contact_name) == (OfferStatus.PUBLISHED, "Zoé Adam")

    def test_saving_without_a_change_moves_nothing(self, client, offer):
        same = dict(zip(["task_1", "task_2", "task_3"], offer.detail.tasks, strict=True))
        self.edit(client, offer, "taches", {"title": offer.title, **same})
        offer.refresh_from_db()
        assert offer.status == OfferStatus.PUBLISHED
        assert not offer.events.exists()

    def test_what_people_asked_for_does_not_change_under_them(self, client, offer):
        ApplicationFactory(offer=offer)
        page = self.edit(client, offer, "duree", {"weight": "visit"})
        assertContains(page, "Des personnes ont déjà demandé cette immersion")
        offer.refresh_from_db()
        assert offer.weight == "hiring_project"

    def test_another_occupation_without_training_waits_at_once(self, client, offer):
        offer.company.is_trusted = True
        offer.company.save()
        welder = OccupationFactory(welder=True)
        self.edit(client, offer, "metier", {"metier": welder.code})
        offer.refresh_from_db()
        assert offer.status == OfferStatus.AWAITING_TRAINING

    def test_new_words_that_rule_3_looks_at_are_read_again(self, client, offer, member):
        answer(offer, by=member, on_detail={"about": "Une équipe de six."})
        assert offer.status == OfferStatus.PUBLISHED
        answer(offer, by=member, on_detail={"about": "Pour un remplacement d’été."})
        assert offer.status == OfferStatus.IN_MODERATION

    def test_a_change_while_a_training_is_looked_for_closes_that_need(self, offer, member):
        Session.objects.update(status="closed")
        actions.refresh_publication()
        offer.refresh_from_db()
        answer(offer, by=member, on_offer={"title": "Maçonne, maçon"})
        assert offer.status == OfferStatus.IN_MODERATION
        assert AgentTask.objects.get().done_at

    def test_a_closed_offer_does_not_change(self, offer, member):
        actions.close_offer(offer, by=member)
        with pytest.raises(RuleBroken, match="dupliquez-la"):
            answer(offer, by=member, on_offer={"title": "Autre"})


class TestDuplicate:
    def test_is_a_draft_without_dates_and_says_the_same(self, client):
        offer = OfferFactory(closed=True)
        SlotFactory(offer=offer)
        client.force_login(offer.company.confirmed_members().get())
        client.post(reverse("immersions:offer_duplicate", args=[offer.pk]))
        copy = Offer.objects.exclude(pk=offer.pk).get()
        assert (copy.status, copy.title, copy.published_at) == ("draft", offer.title, None)
        assert copy.detail.tasks == offer.detail.tasks
        assert not copy.slots.exists()
        assert copy.x == offer.x


class TestExplanation:
    def test_the_page_says_what_is_missing_and_what_happens(self, client):
        offer = OfferFactory(status=OfferStatus.AWAITING_TRAINING)
        client.force_login(offer.company.confirmed_members().get())
        page = client.get(reverse("immersions:company_offer", args=[offer.pk]))
        assertContains(page, NO_TRAINING)
        assertContains(page, "5 jours ouvrés")

    def test_a_draft_is_told_before_it_is_sent(self, client):
        offer = OfferFactory(draft=True)
        client.force_login(offer.company.confirmed_members().get())
        page = client.get(reverse("immersions:company_offer", args=[offer.pk]))
        assertContains(page, "Cette offre attendra une formation")
        assertContains(page, "Envoyer l’offre")


class TestPage:
    @pytest.mark.parametrize("status", ["draft", "published", "awaiting_training"])
    def test_reads_little(self, client, status, django_assert_max_num_queries):
        offer = OfferFactory(status=status)
        session_for(offer)
        client.force_login(offer.company.confirmed_members().get())
        url = reverse("immersions:company_offer", args=[offer.pk])
        client.get(url)
        with django_assert_max_num_queries(14):
            client.get(url)

    def test_applications_to_read_are_one_click_away(self, client):
        offer = OfferFactory()
        ApplicationFactory(offer=offer)
        client.force_login(offer.company.confirmed_members().get())
        page = client.get(reverse("immersions:company_offer", args=[offer.pk]))
        assertContains(page, "1 candidature à lire")


class TestList:
    def test_costs_the_same_for_one_offer_and_for_many(self, client, django_assert_max_num_queries):
        company = CompanyFactory()
        client.force_login(company.confirmed_members().get())
        url = reverse("immersions:company_offers")
        place = WorkplaceFactory(company=company)
        for _ in range(12):
            OfferFactory(workplace=place)
        with django_assert_max_num_queries(12):
            assertContains(client.get(url), "En ligne, rien à faire", count=12)

    def test_nobody_elses_offers_are_there(self, client):
        OfferFactory(title="Chez un autre")
        client.force_login(CompanyFactory().confirmed_members().get())
        page = client.get(reverse("immersions:company_offers"))
        assertContains(page, "Pas encore d’offre")

    def test_someone_without_company_is_shown_the_way(self, client):
        client.force_login(UserFactory())
        response = client.get(reverse("immersions:company_offers"))
        assert response["Location"] == reverse("immersions:offer_propose")
