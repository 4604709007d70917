"""The look holds: nothing sticks out, nothing is unreadable, nothing is asked elsewhere."""

import pytest

from candidates.factories import CandidateFactory
from core.delivery import render
from core.models import OutgoingMessage
from immersions.applications import emails
from immersions.factories import ApplicationFactory, SlotFactory
from immersions.offers.models import OfferDetail
from territories.factories import RegionFactory
from tests.browser.axe import faults, overflow, violations
from traitdunion.tests.test_pages import PLAIN

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

PAGES = (*PLAIN, "/demo/composants/", "/nulle-part/")


@pytest.mark.deep_too
@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_read_by_everybody(visit, address):
    assert faults(visit(address)) == []


def test_the_dark_colours_are_as_readable(visit):
    assert violations(visit("/demo/composants/", dark=True)) == []


@pytest.mark.parametrize("dark", [False, True])
def test_the_colours_of_another_region_are_as_readable(visit, dark):
    RegionFactory(accent_color="#0d6e3f", highlight_color="#7dd3fc")
    page = visit("/demo/composants/", dark=dark)
    assert any(url.endswith("/couleurs.css") for url in page.asked)
    assert violations(page) == []


def test_a_page_is_read_at_twice_its_size(visit):
    page = visit("/demo/composants/")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert overflow(page) <= 0


def test_a_page_asks_nothing_elsewhere(visit):
    page = visit("/demo/composants/")
    assert [url for url in page.asked if not url.startswith("http://testserver/")] == []
    assert len(page.asked) <= 15


def test_a_mail_holds_on_a_phone_whatever_its_words(visit):
    long_word = "prenom.nom-tres-long@pierre-et-chaux-de-lorraine.example.org"
    slot = SlotFactory(offer__workplace__address=long_word)
    OfferDetail.objects.update(access=long_word, contact_email=long_word)
    application = ApplicationFactory(
        booked=True, slot=slot, offer=slot.offer, candidate__user__email=long_word
    )
    letters = [
        emails.booking(application, [slot]),
        *emails.booking_company(application, [slot]),
        *emails.place_moved(application, [slot], before=long_word),
    ]
    page = visit("/aide/", width=360)
    for letter in letters:
        page.set_content(render(OutgoingMessage(kind=letter.kind, context=letter.context)).html)
        assert overflow(page) <= 0, letter.kind


def test_the_tabs_of_a_company_hold_on_one_line_of_a_phone(visit):
    application = ApplicationFactory()
    member = application.offer.company.confirmed_members().get()
    page = visit("/entreprise/", width=360, user=member)
    tabs = [tab.bounding_box()["y"] for tab in page.locator(".tabs li").all()]
    assert len(tabs) == 6
    assert len(set(tabs)) == 1


def test_the_first_key_leads_to_the_content(visit):
    page = visit("/aide/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Aller au contenu"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenu"


def test_on_a_phone_the_dates_and_the_button_are_under_the_thumb(visit):
    page = visit("/demo/composants/", width=360)
    page.evaluate("scrollTo(0, 0)")
    box = page.locator(".bar").bounding_box()
    assert box["y"] + box["height"] <= 740
    assert page.locator(".bar select").is_visible()


def test_wrong_answers_come_first_into_view(visit):
    page = visit("/demo/composants/")
    assert "summary" in page.evaluate("document.activeElement.className")


def test_one_logs_out_by_keyboard_alone(visit):
    page = visit("/aide/", user=CandidateFactory().user, width=320)
    assert not page.get_by_role("button", name="Se déconnecter").is_visible()
    page.locator(".self summary").focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("button", name="Se déconnecter").is_visible()
    assert violations(page) == []
    assert overflow(page) <= 0
