"""Without an account: the mailed link shows, the code signs. Wrong, old and foreign codes are counted."""

import re

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from core.models import OutgoingMessage
from core.rules import RuleBroken
from core.signing.evidence import Evidence
from immersions.agreements.factories import a_frozen_agreement, reread
from immersions.agreements.models import Signatory, Signature, SigningCode
from immersions.agreements.sign_actions import send_code, sign_with_code
from immersions.factories import ApplicationFactory
from tests.worlds import made_once

pytestmark = pytest.mark.django_db
_made, world = made_once(a_frozen_agreement)
HERE = Evidence("a" * 64, "b" * 64)


def signatory_of(world, role="company"):
    return Signatory.objects.get(agreement=world.agreement, role=role)


def link(world, role="company"):
    return reverse("immersions:sign_link", args=[signatory_of(world, role).token])


def a_code(world, role="company"):
    """What is in the mailbox."""
    send_code(signatory_of(world, role), seen=1)
    message = OutgoingMessage.objects.filter(kind="immersions/agreement_code").latest("pk")
    assert message.to == signatory_of(world, role).email
    return message.context["code"]


def sign(world, typed, role="company", *, seen=1):
    sign_with_code(
        signatory_of(world, role), typed=typed, seen=seen, evidence=HERE, is_entitled=role == "company"
    )


def wrong(code):
    return f"{(int(code.replace(' ', '')) + 1) % 10**6:06d}"


class TestTheLink:
    def test_a_code_is_asked_mailed_typed_and_it_is_signed(self, client, commit, mailoutbox, world):
        assertContains(client.get(link(world)), "Recevoir mon code")
        with commit():
            response = client.post(link(world), {"do": "code", "seen": 1}, follow=True)
        assertContains(response, "Un code vient de partir à j…@pierre-et-chaux.example.org")
        [mail] = mailoutbox
        code = re.search(r"\d{3} \d{3}", mail.body).group()
        typed = {"code": code, "seen": 1, "is_entitled": "on"}
        assertContains(client.post(link(world), typed, follow=True), "C’est signé")
        signature = Signature.objects.get()
        assert (signature.role, signature.method, signature.user) == ("company", "code", None)
        assert (len(signature.ip_hash), len(signature.agent_hash)) == (64, 64)

    def test_opening_the_link_sends_and_signs_nothing(self, client, world):
        before = OutgoingMessage.objects.count()
        for _ in range(3):
            client.get(link(world), {"do": "code", "seen": 1})
        assert OutgoingMessage.objects.count() == before
        assert not SigningCode.objects.exists()

    def test_the_code_is_a_secret_of_the_outbox(self, world):
        a_code(world)
        assert OutgoingMessage.objects.get(kind="immersions/agreement_code").is_secret
        assert not SigningCode.objects.filter(code_hash__regex=r"^\d{6}$").exists()

    def test_an_unknown_link_shows_nothing(self, client):
        assert client.get(reverse("immersions:sign_link", args=["nope"])).status_code == 404

    def test_the_page_of_who_signed_says_so(self, client, world):
        sign(world, a_code(world))
        page = client.get(link(world))
        assertContains(page, "Vous avez signé le")
        assertNotContains(page, "Recevoir mon code")

    def test_too_many_codes_are_refused_for_a_while(self, client, world):
        for _ in range(3):
            client.post(link(world), {"do": "code", "seen": 1})
        response = client.post(link(world), {"do": "code", "seen": 1}, follow=True)
        assertContains(response, "Trop de demandes")
        assert SigningCode.objects.count() == 3


class TestCodes:
    def test_a_wrong_code_is_counted_and_the_fifth_ends_it(self, world):
        code = a_code(world)
        for left in ("4 essais", "3 essais", "2 essais", "un essai"):
            with pytest.raises(RuleBroken, match=f"Il vous reste {left}"):
                sign(world, wrong(code))
        with pytest.raises(RuleBroken, match="ce code est annulé"):
            sign(world, wrong(code))
        with pytest.raises(RuleBroken, match="ne peut plus servir"):
            sign(world, code)
        assert SigningCode.objects.get().tries == 5
        assert not Signature.objects.exists()

    def test_an_old_code_is_refused_and_counted(self, world):
        code = a_code(world)
        later = timezone.now() + SigningCode.LASTS
        with time_machine.travel(later, tick=False), pytest.raises(RuleBroken, match="plus de 15 minutes"):
            sign(world, code)
        assert SigningCode.objects.get().tries == 1

    def test_a_new_code_kills_the_one_before(self, world):
        old = a_code(world)
        new = a_code(world)
        if old != new:
            with pytest.raises(RuleBroken, match="n’est pas le bon"):
                sign(world, old)
        sign(world, new)

    def test_a_code_serves_once(self, world):
        code = a_code(world)
        sign(world, code)
        with pytest.raises(RuleBroken, match="déjà signé"):
            sign(world, code)
        assert Signature.objects.count() == 1

    def test_the_code_of_someone_else_is_refused_and_counted(self, world):
        theirs, _ = a_code(world, "candidate"), a_code(world)
        with pytest.raises(RuleBroken, match="n’est pas le bon"):
            sign(world, theirs)
        tries = dict(SigningCode.objects.values_list("signatory__role", "tries"))
        assert tries == {"candidate": 0, "company": 1}

    def test_the_code_of_another_document_is_refused_and_counted(self):
        world, other = a_frozen_agreement(), a_frozen_agreement(application=ApplicationFactory(booked=True))
        foreign = a_code(other)
        a_code(world)
        with pytest.raises(RuleBroken, match="n’est pas le bon"):
            sign(world, foreign)
        assert SigningCode.objects.get(signatory=signatory_of(world)).tries == 1

    def test_without_the_box_nothing_is_signed_and_the_code_still_serves(self, world):
        code = a_code(world)
        with pytest.raises(RuleBroken, match="habilitée"):
            sign_with_code(signatory_of(world), typed=code, seen=1, evidence=HERE)
        sign(world, code)
        assert reread(world.agreement).version.signatures.count() == 1
