"""A newcomer, from an offer to a booked immersion, by the addresses that the pages and mails give."""

import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from pytest_django.asserts import assertContains

from companies.factories import CompanyFactory
from immersions.applications.models import Application
from immersions.factories import OfferFactory, SlotFactory
from immersions.offers.models import DateMode
from territories.factories import CommuneFactory
from tests.polite_client import PoliteClient

pytestmark = pytest.mark.django_db


def link_in(page, words: str) -> str:
    soup = BeautifulSoup(page.content, "html.parser")
    return next(a["href"] for a in soup.select("main a") if words in a.get_text())


def link_of(mail) -> str:
    return re.search(r"http://testserver(/\S+candidatures/\S+)", mail.body)[1]


def send(client, page, **answers):
    """Fill in the form of a page as a browser would, hidden fields included."""
    form = BeautifulSoup(page.content, "html.parser").select_one("main form")
    hidden = {field["name"]: field.get("value", "") for field in form.select("input[type=hidden]")}
    here = page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"]
    return client.post(form.get("action") or here, hidden | answers, follow=True)


def log_in(client, page, address: str, commit, mailoutbox):
    """Type an address, then the code that comes by mail."""
    with commit():
        page = send(client, page, email=address)
    code = re.search(r"^ +([0-9]{3} [0-9]{3})$", mailoutbox[-1].body, re.MULTILINE)[1]
    return send(client, page, code=code)


def test_a_newcomer_books_an_immersion_and_both_are_told(commit, mailoutbox):
    CommuneFactory()
    company = CompanyFactory(name="Pierre & Chaux")
    slot = SlotFactory(
        offer=OfferFactory(workplace__company=company, date_mode=DateMode.SLOTS, title="Maçon")
    )
    apply = reverse("immersions:apply", args=[slot.offer.pk, slot.offer.slug])
    candidate = PoliteClient()

    who = candidate.get(f"{apply}?creneau={slot.pk}")
    signup = candidate.get(link_in(who, "première demande"))
    form = log_in(candidate, signup, "lea@example.org", commit, mailoutbox)
    assert form.request["PATH_INFO"] == apply
    assertContains(form, "checked")

    answers = {
        "creneau": [slot.pk],
        "why": "Le grand air",
        "first_name": "Léa",
        "last_name": "Weiss",
        "phone": "06 12 34 56 78",
        "q_lieu": "Metz",
    }
    with commit():
        sent = candidate.post(apply, answers, follow=True)
    assertContains(sent, "Candidature envoyée")

    member = company.confirmed_members().first()
    [told] = [mail for mail in mailoutbox if mail.to == [member.email]]
    office = PoliteClient()
    received = link_of(told)
    page = log_in(office, office.get(received, follow=True), member.email, commit, mailoutbox)
    assert page.request["PATH_INFO"] == received
    mailoutbox.clear()
    with commit():
        done = office.post(link_in(page, "Donner une place"), {"slot": slot.pk}, follow=True)
    assertContains(done, "Léa Weiss")
    assert Application.objects.get().status == "booked"
    assert {mail.to[0] for mail in mailoutbox} >= {"lea@example.org", member.email}
    [mine] = [mail for mail in mailoutbox if mail.to == ["lea@example.org"]]
    assert mine.subject.startswith("C’est réservé chez Pierre & Chaux, ")
    assertContains(candidate.get(link_of(mine)), "Le jour J")
