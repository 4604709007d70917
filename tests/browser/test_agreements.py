"""An agreement read by everybody: axe on each page, nothing sticks out at 320 px, no script needed."""

import os
from pathlib import Path

import pytest
from django.urls import reverse

from candidates.structures.models import SupportStructure
from core.signing.evidence import Evidence
from immersions.agreements.factories import a_frozen_agreement, an_agreement, fill, reread
from immersions.agreements.models import Signatory
from immersions.agreements.sign_actions import send_code, sign_agreement
from tests.browser.axe import overflow, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
PICTURES = os.environ.get("AGREEMENT_PICTURES")


def of(world, name, *more) -> str:
    return reverse(f"immersions:{name}", args=[world.agreement.pk, *more])


def link(world, role) -> str:
    return reverse(
        "immersions:sign_link", args=[Signatory.objects.get(agreement=world.agreement, role=role).token]
    )


def while_it_is_written():
    world = an_agreement()
    pages = [(of(world, "agreement"), person) for person in (world.candidate, world.member, world.advisor)]
    pages.append((of(world, "agreement_fill", "vous"), world.candidate))
    pages += [
        (of(world, "agreement_fill", slug), world.member)
        for slug in ("accueil", "horaires", "missions", "securite")
    ]
    return [*pages, (of(world, "agreement_fill", "structure"), world.advisor)]


def while_it_is_signed():
    world = a_frozen_agreement()
    sign_agreement(reread(world.agreement), by=world.candidate, seen=1, evidence=Evidence())
    send_code(Signatory.objects.get(agreement=world.agreement, role="company"), seen=1)
    return [
        (of(world, "agreement"), world.candidate),
        (of(world, "agreement"), world.advisor),
        (of(world, "agreement_text"), world.candidate),
        (of(world, "agreement_sign"), world.member),
        (of(world, "agreement_sign"), world.advisor),
        (of(world, "agreement_paper"), world.advisor),
        (of(world, "agreement_refuse"), world.advisor),
        (of(world, "agreement_pass_on"), world.advisor),
        (link(world, "advisor"), None),
        (link(world, "company"), None),
        (link(world, "candidate"), None),
        (reverse("verify", args=[world.agreement.version.code]), None),
        (reverse("verify", args=["AAAA-BBBB-CCCC-DDDD"]), None),
    ]


def once_it_is_valid():
    world = a_frozen_agreement()
    for by in (world.candidate, world.member, world.advisor):
        sign_agreement(
            reread(world.agreement), by=by, seen=1, evidence=Evidence(), is_entitled=by == world.member
        )
    return [
        (of(world, "agreement"), world.member),
        (link(world, "company"), None),
        (reverse("verify", args=[world.agreement.version.code]), None),
    ]


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("pages", [while_it_is_written, while_it_is_signed, once_it_is_valid])
def test_each_page_is_for_everybody(visit, pages, width):
    for number, (path, user) in enumerate(pages()):
        page = visit(path, width=width, user=user)
        if PICTURES:
            page.screenshot(
                path=Path(PICTURES) / f"{pages.__name__}-{width}-{number:02d}.png", full_page=True
            )
        assert violations(page) == [], path
        assert overflow(page) <= 0, path


def test_a_prescriber_validates_by_the_keyboard_alone(visit):
    world = an_agreement()
    fill(world)
    assert SupportStructure.objects.exists()
    for by in (world.candidate, world.member):
        sign_agreement(
            reread(world.agreement), by=by, seen=1, evidence=Evidence(), is_entitled=by == world.member
        )
    page = visit(of(world, "agreement"), width=360, user=world.advisor)
    page.get_by_role("link", name="Lire et valider").press("Enter")
    page.get_by_role("button", name="Je signe et je valide").press("Enter")
    page.get_by_text("l’immersion est confirmée").wait_for()
    world.application.refresh_from_db()
    assert world.application.status == "confirmed"
