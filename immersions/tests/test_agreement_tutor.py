"""A tutor with a link and no account fills the company's pages; never who signs."""

import pytest
from django.core import signing
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from core.models import OutgoingMessage
from immersions.agreements import steps, tutor_links
from immersions.agreements.actions import save_step
from immersions.agreements.factories import ABOUT, SAFETY, WELCOME, WORK, an_agreement, reread
from immersions.agreements.period import usual_hours
from tests.worlds import made_once

pytestmark = pytest.mark.django_db


def an_agreement_told_of_its_tutor():
    world = an_agreement()
    save_step(reread(world.agreement), steps.ABOUT_YOU, ABOUT, by=world.candidate, seen="")
    save_step(reread(world.agreement), steps.WELCOME, WELCOME, by=world.member, seen="")
    return world


_made, world = made_once(an_agreement_told_of_its_tutor)


def token_of(world, email=WELCOME["tutor_email"]):
    return tutor_links.token_for(world.agreement, email)


def post(client, world, slug, answers):
    data = {name: value for name, value in answers.items() if value not in (False, [])}
    url = reverse("immersions:tutor_fill", args=[token_of(world), slug])
    return client.post(url, {**data, "seen": ""})


def test_the_company_sends_the_link_and_the_tutor_fills(client, world):
    client.force_login(world.member)
    client.post(reverse("immersions:agreement_ask_tutor", args=[world.agreement.pk]))
    message = OutgoingMessage.objects.get(kind="immersions/agreement_to_fill")
    assert message.to == WELCOME["tutor_email"]
    client.logout()
    link = message.context["link"].removeprefix("http://testserver")
    page = client.get(link)
    assertContains(page, "Vous accueillez Camille")
    assertNotContains(page, "Noël")
    hours = usual_hours(reread(world.agreement))
    for slug, answers in (("horaires", hours), ("missions", WORK), ("securite", SAFETY)):
        assert post(client, world, slug, answers).status_code == 302
    assertContains(client.get(link), "ne se remplit plus")
    assert reread(world.agreement).status == "to_sign"
    event = world.agreement.events.filter(transition="fill").last()
    assert (event.by, event.role, event.data["by_tutor"]) == (None, "company", True)


def test_a_tutor_who_has_written_all_reads_that_nothing_is_left_to_do(client, world):
    world.agreement.parts.filter(party="candidate").delete()
    link = reverse("immersions:tutor_link", args=[token_of(world)])
    assertNotContains(client.get(link), "Tout est rempli, merci")
    hours = usual_hours(reread(world.agreement))
    for slug, answers in (("horaires", hours), ("missions", WORK), ("securite", SAFETY)):
        assert post(client, world, slug, answers).status_code == 302
    assertContains(client.get(link), "Tout est rempli, merci")


def test_the_link_carries_no_address(world):
    assert tutor_links.read(token_of(world))[1] not in WELCOME["tutor_email"]
    assert "@" not in signing.loads(token_of(world), salt=tutor_links.SALT)[1]


def test_a_tutor_never_says_who_signs(client, world):
    for slug in ("accueil", "vous", "structure"):
        assert post(client, world, slug, WELCOME).status_code == 404


def test_a_forged_link_or_that_of_a_former_tutor_opens_nothing(client, world):
    for token in ("nope", token_of(world, "autre@example.org"), token_of(world)[:-2] + "xx"):
        assert client.get(reverse("immersions:tutor_link", args=[token])).status_code == 404


def test_the_rules_speak_to_the_tutor_too(client, world):
    response = post(client, world, "securite", SAFETY | {"no_replacement": False})
    assertContains(response, "Cochez cette déclaration")
