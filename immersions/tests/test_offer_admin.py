"""The agents' pages: what waits first, the site's own decisions, one's territory only."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from accounts.factories import UserFactory
from core.models import OutgoingMessage
from immersions.factories import ApplicationFactory, OfferFactory
from immersions.offers.models import Offer
from immersions.offers.workflow import OfferStatus
from territories.agents import make_agent
from territories.factories import DepartmentFactory
from trainings.factories import SessionFactory

pytestmark = pytest.mark.django_db

LIST = "/admin/immersions/offer/"


@pytest.fixture
def agent(client):
    user, _ = make_agent("agent@grandest.example", departments=[DepartmentFactory()])
    client.force_login(user)
    return user


def change(offer: Offer) -> str:
    return reverse("admin:immersions_offer_change", args=[offer.pk])


def decide(offer: Offer, name: str) -> str:
    return reverse("admin:immersions_offer_decide", args=[offer.pk, name])


def test_what_waits_to_be_read_comes_first_the_oldest_on_top(client, agent):
    OfferFactory(title="Publiée depuis longtemps", status_since=timezone.now() - dt.timedelta(90))
    OfferFactory(title="Reçue hier", status="in_moderation", status_since=timezone.now() - dt.timedelta(1))
    OfferFactory(title="Reçue lundi", status="in_moderation", status_since=timezone.now() - dt.timedelta(5))
    page = client.get(LIST).content.decode()
    assert page.index("Reçue lundi") < page.index("Reçue hier") < page.index("Publiée depuis longtemps")
    assert "5 jours, en retard" in page
    assert "24 h" in page


def test_an_agent_accepts_from_the_list_what_can_be_and_reads_why_not(client, agent):
    good = OfferFactory(status="in_moderation")
    SessionFactory(action__training__leads_to=[good.occupation])
    gone = OfferFactory(closed=True)
    data = {"action": "accept", "_selected_action": [good.pk, gone.pk]}
    page = client.post(LIST, data, follow=True)
    assertContains(page, "1 offre acceptée")
    assertContains(page, "n’est plus possible : fermée")
    good.refresh_from_db()
    assert good.status == OfferStatus.PUBLISHED
    assert good.events.get().by == agent


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("send_back", "in_moderation", "draft"),
        ("pause", "published", "paused"),
        ("close", "published", "closed"),
    ],
)
def test_some_decisions_ask_why_first(client, agent, name, before, after):
    offer = OfferFactory(status=before)
    asked = client.post(LIST, {"action": name, "_selected_action": [offer.pk]})
    assertContains(asked, "L’entreprise lit cette phrase")
    offer.refresh_from_db()
    assert offer.status == before
    empty = client.post(LIST, {"action": name, "_selected_action": [offer.pk], "reason": "  "})
    assertContains(empty, "Dites pourquoi, en quelques mots.")
    client.post(LIST, {"action": name, "_selected_action": [offer.pk], "reason": "À préciser."})
    offer.refresh_from_db()
    assert offer.status == after
    assert offer.events.get().note == "À préciser."
    assert OutgoingMessage.objects.exists()


def test_the_page_of_an_offer_has_its_words_its_history_and_its_buttons(client, agent):
    words = "Pour un remplacement."
    offer = OfferFactory(status="in_moderation", published_at=None, detail__about=words)
    offer.record("submit", before="draft", role="company", by=offer.company.confirmed_members().get())
    page = client.get(change(offer))
    assertContains(page, "« remplacement »")
    assertContains(page, "Aucune formation payée par la Région")
    assertContains(page, "Renvoyer à l’entreprise…")
    assertContains(page, reverse("immersions:offer_preview", args=[offer.pk]))
    assertContains(page, "Envoyer l’offre")
    assert client.get(reverse("immersions:offer_preview", args=[offer.pk])).status_code == 200


def test_a_button_of_the_page_decides(client, agent):
    offer = OfferFactory(status="in_moderation")
    SessionFactory(action__training__leads_to=[offer.occupation])
    assertContains(client.get(decide(offer, "send_back")), "L’entreprise lit cette phrase")
    client.get(decide(offer, "accept"))
    offer.refresh_from_db()
    assert offer.status == OfferStatus.IN_MODERATION, "a GET decides nothing"
    client.post(decide(offer, "accept"))
    offer.refresh_from_db()
    assert offer.status == OfferStatus.PUBLISHED


def test_an_agent_lets_an_offer_last_longer(client, agent):
    offer = OfferFactory()
    client.post(decide(offer, "allow_long_stay"))
    offer.refresh_from_db()
    assert offer.long_stay_allowed_by == agent
    Offer.objects.filter(pk=offer.pk).update(half_days=40)
    visit = OfferFactory(visit=True)
    page = client.post(decide(visit, "allow_long_stay"), follow=True)
    assertContains(page, "Une visite dure une demi-journée")


def test_another_territory_does_not_exist(client, agent):
    elsewhere = OfferFactory(in_nancy=True, title="À Nancy", status="in_moderation")
    assertNotContains(client.get(LIST), "À Nancy")
    assert client.get(change(elsewhere)).status_code == 302
    assert client.post(decide(elsewhere, "accept")).status_code == 404
    client.post(LIST, {"action": "accept", "_selected_action": [elsewhere.pk]})
    elsewhere.refresh_from_db()
    assert elsewhere.status == OfferStatus.IN_MODERATION
    assert client.get(reverse("immersions:offer_preview", args=[elsewhere.pk])).status_code == 404


def test_nobody_writes_or_deletes_an_offer_there(client, agent):
    assert client.get(LIST + "add/").status_code == 403
    offer = OfferFactory()
    assert client.get(f"{LIST}{offer.pk}/delete/").status_code == 403
    client.post(change(offer), {"title": "Volé", "status": "closed"})
    offer.refresh_from_db()
    assert (offer.title, offer.status) == ("Maçonne, maçon du bâti ancien", "published")


def test_the_list_does_not_grow(client, agent, django_assert_max_num_queries):
    for _ in range(10):
        OfferFactory()
    with django_assert_max_num_queries(16):
        client.get(LIST)


def test_a_draft_without_a_place_is_the_agents_and_no_stranger_s(client, agent):
    offer = OfferFactory(draft=True)
    Offer.objects.update(commune=None, workplace=None)
    preview = reverse("immersions:offer_preview", args=[offer.pk])
    assert client.get(preview).status_code == 302
    client.force_login(UserFactory())
    assert client.get(preview).status_code == 404


def test_the_history_of_an_application_is_in_french(client, agent):
    application = ApplicationFactory(booked=True)
    application.record("book", before="submitted", role="company", by=None)
    page = client.get(f"/admin/immersions/application/{application.pk}/change/").content.decode()
    history = page[page.index('id="events-group"') :]
    for said in ("Donner une place", "Envoyée", "Réservée", "entreprise"):
        assert said in history
    for code in (">book<", ">submitted<", ">booked<", ">company<"):
        assert code not in history
