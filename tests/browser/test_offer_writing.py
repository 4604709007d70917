"""The pages on which a company writes and manages its offers, as a browser shows them."""

import os

import pytest
from django.urls import reverse

from companies.factories import WorkplaceFactory
from immersions.factories import OfferFactory, SlotFactory
from immersions.offers.workflow import OfferStatus
from territories.factories import OccupationFactory
from territories.lexicon import rebuild
from tests.browser.axe import overflow, violations
from trainings.factories import SessionFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

PAGES = [
    "/proposer-une-immersion/", "/entreprise/offres/", "/entreprise/offres/nouvelle/", "lieu", "metier",
    "metier?q_metier=macon", "metier?q_metier=xyzzy", "taches", "duree", "dates", "contact", "completer",
    "apercu", "fermer", "", "sent_back", "awaiting", "published", "envoyee",
]  # fmt: skip


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


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_never_scrolls_sideways(visit, offers, name, width):
    user = offers["draft"].company.confirmed_members().get()
    page = visit(address(name, offers), width=width, user=user)
    folder = os.environ.get("PICTURES")
    if folder:
        kept = name.strip("/").replace("/", "-").replace("?", "-") or "draft"
        page.screenshot(path=f"{folder}/{kept}-{width}.png", full_page=True)
    assert violations(page) == []
    assert overflow(page) <= 0


@pytest.mark.parametrize("width", [320, 1280])
def test_errors_are_accessible_too(visit, offers, width):
    user = offers["draft"].company.confirmed_members().get()
    page = visit(address("duree", offers), width=width, user=user)
    page.fill("[name=pay_gross_monthly]", "12")
    page.click("main form.stack button[type=submit]")
    assert "C’est moins que le SMIC" in page.inner_text("main")
    if os.environ.get("PICTURES"):
        page.screenshot(path=f"{os.environ['PICTURES']}/erreur-{width}.png", full_page=True)
    assert violations(page) == []
    assert overflow(page) <= 0
