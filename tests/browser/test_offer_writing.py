"""The pages on which a company writes and manages its offers, as a browser shows them."""

import os

import pytest
from django.urls import reverse

from companies.factories import WorkplaceFactory
from immersions.factories import OfferFactory, SlotFactory
from immersions.offers.workflow import OfferStatus
from territories.agents import make_agent
from territories.factories import OccupationFactory
from territories.lexicon import rebuild
from tests.browser.axe import faults
from trainings.factories import SessionFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

# One of each template; the words in parentheses say in which state of the offer.
PAGES = [
    "/proposer-une-immersion/", "/entreprise/offres/", "lieu", "metier?q_metier=macon", "taches", "duree",
    "dates", "contact", "completer", "apercu", "fermer", "", "sent_back", "awaiting", "envoyee",
]  # fmt: skip
ADMIN = ["/admin/immersions/offer/", "change", "decider/send_back"]


@pytest.fixture
def offers():
    mason = OccupationFactory()
    rebuild([mason.code])
    SessionFactory(action__training__leads_to=[mason])
    place = WorkplaceFactory()
    draft = OfferFactory(draft=True, workplace=place, occupation=mason)
    published = OfferFactory(workplace=place, occupation=mason, date_mode="slots")
    SlotFactory(offer=published)
    SlotFactory(offer=published, places_taken=1, places=3)
    welder = OccupationFactory(welder=True)
    awaiting = OfferFactory(
        workplace=place, occupation=welder, title="Soudeur / Soudeuse", status=OfferStatus.AWAITING_TRAINING
    )
    sent_back = OfferFactory(draft=True, workplace=place, title="")
    sent_back.record(
        "send_back", before="in_moderation", role="agent", by=None, note="Dites ce que l’on fera."
    )
    return {"draft": draft, "published": published, "awaiting": awaiting, "sent_back": sent_back}


def address(name: str, offers) -> str:
    if name.startswith("/"):
        return name
    if name in offers:
        return reverse("immersions:company_offer", args=[offers[name].pk])
    which = "published" if name in ("dates", "fermer", "envoyee") else "draft"
    return reverse("immersions:company_offer", args=[offers[which].pk]) + (
        name.replace("?", "/?") if "?" in name else f"{name}/" if name else ""
    )


def faults_seen(page, name: str) -> list[str]:
    """Who cannot read it. `PICTURES=folder` keeps what was seen."""
    if folder := os.environ.get("PICTURES"):
        kept = name.strip("/").replace("/", "-").replace("?", "-") or "draft"
        page.screenshot(path=f"{folder}/{kept}-1280.png", full_page=True)
    return faults(page)


@pytest.mark.deep_too
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_never_scrolls_sideways(visit, offers, name):
    user = offers["draft"].company.confirmed_members().get()
    assert faults_seen(visit(address(name, offers), user=user), name) == []


@pytest.mark.deep_too
def test_errors_are_accessible_too(visit, offers):
    user = offers["draft"].company.confirmed_members().get()
    page = visit(address("duree", offers), user=user)
    page.fill("[name=pay_gross_monthly]", "12")
    page.click("main form.stack button[type=submit]")
    assert "C’est moins que le SMIC" in page.inner_text("main")
    assert faults_seen(page, "erreur") == []


@pytest.mark.deep_too
@pytest.mark.parametrize("name", ADMIN)
def test_a_page_of_the_admin_is_accessible(visit, offers, name):
    agent, _ = make_agent("agent@grandest.example", departments=[offers["draft"].commune.department])
    offer = offers["awaiting" if "need" in name else "draft"]
    here = name if name.startswith("/") else f"/admin/immersions/offer/{offer.pk}/{name}/"
    page = visit(here, user=agent)
    assert faults_seen(page, f"admin-{name.strip('/').replace('/', '-')}") == []
