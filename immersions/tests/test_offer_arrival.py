"""« Proposer une immersion » : a visitor signs up, names the company, and is back at the first answer."""

import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from pytest_django.asserts import assertContains

from accounts.factories import valid_siret
from companies.models import Company
from immersions.offers.models import Offer
from territories.factories import CommuneFactory

pytestmark = pytest.mark.django_db


def test_a_visitor_ends_up_writing_an_offer(client, commit, mailoutbox):
    CommuneFactory()
    page = BeautifulSoup(client.get(reverse("immersions:offer_propose")).content, "html.parser")
    sign_up = page.select_one("a.button")["href"]
    with commit():
        typed = {"email": "patron@example.org", "next": "/entreprise/offres/nouvelle/"}
        client.post(sign_up, typed)
    [code] = re.findall(r"^ +(\d{3} ?\d{3})$", mailoutbox[0].body, re.MULTILINE)
    page = client.post(reverse("account_confirm_login_code"), {"code": code, **typed}, follow=True)
    last, _ = page.redirect_chain[-1]
    assert last.startswith(reverse("companies:create"))
    page = client.post(last, {"siret": valid_siret(5)}, follow=True)
    last, _ = page.redirect_chain[-1]
    named = {"name": "Pierre & Chaux", "address": "3 rue Haute", "q_lieu": "Metz"}
    page = client.post(last, named, follow=True)
    assert page.redirect_chain[-1][0] == "/entreprise/offres/nouvelle/"
    assertContains(page, "Étape 1 sur 6")
    assertContains(page, "3 rue Haute, Metz (57)")
    client.post("/entreprise/offres/nouvelle/", {"workplace": Company.objects.get().workplaces.get().pk})
    assert Offer.objects.get().company.name == "Pierre & Chaux"
