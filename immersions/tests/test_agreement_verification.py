"""Who holds the paper may verify it: valid or not, when, the hash; nothing about anybody."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from core.signing.evidence import Evidence
from immersions.agreements import steps
from immersions.agreements.actions import fingerprint, refuse_agreement, save_step
from immersions.agreements.factories import WORK, a_frozen_agreement, reread
from immersions.agreements.sign_actions import sign_agreement
from tests.worlds import made_once

pytestmark = pytest.mark.django_db
_made, world = made_once(a_frozen_agreement)


def page(client, version):
    return client.get(reverse("verify", args=[version.code]))


def sign_all(world):
    for by, entitled in ((world.candidate, False), (world.member, True), (world.advisor, False)):
        sign_agreement(reread(world.agreement), by=by, seen=1, evidence=Evidence(), is_entitled=entitled)


def test_valid_once_signed_by_all(client, world):
    version = world.agreement.version
    assertContains(page(client, version), "Pas encore valable")
    sign_all(world)
    found = page(client, version)
    assertContains(found, "Document valable")
    assertContains(found, version.sha256)


def test_nothing_personal_is_shown(client, world):
    sign_all(world)
    found = page(client, world.agreement.version)
    for word in ("Camille", "Noël", "Muller", "Atelier", "1996", "Mission locale"):
        assertNotContains(found, word)


def test_a_version_that_was_replaced_says_so(client, world):
    version, agreement = world.agreement.version, reread(world.agreement)
    save_step(agreement, steps.WORK, WORK | {"tasks": "Autre"}, by=world.member, seen=fingerprint(agreement))
    assertContains(page(client, version), "Document remplacé")
    assertContains(page(client, reread(world.agreement).version), "Pas encore valable")


def test_refused_is_without_effect(client, world):
    version = world.agreement.version
    refuse_agreement(reread(world.agreement), by=world.advisor, words="Dates impossibles")
    assertContains(page(client, version), "Document sans effet")


def test_an_unknown_code_is_said_politely(client):
    response = client.get(reverse("verify", args=["AAAA-BBBB-CCCC-DDDD"]))
    assertContains(response, "Aucun document", status_code=404)


def test_typed_in_small_letters_it_is_the_same_code(client, world):
    version = world.agreement.version
    response = client.get(reverse("verify", args=[version.code.lower()]))
    assertContains(response, version.sha256)
