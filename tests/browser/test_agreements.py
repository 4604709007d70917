"""An agreement read by everybody: axe on each page, nothing sticks out at 320 px, no script needed."""

import datetime as dt
import os
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from core.signing.evidence import Evidence
from immersions.agreements import steps, tutor_links
from immersions.agreements.actions import refuse_agreement, reopen_agreement, save_step
from immersions.agreements.factories import ABOUT, WELCOME, a_frozen_agreement, an_agreement, reread
from immersions.agreements.models import Signatory
from immersions.agreements.sign_actions import send_code, sign_agreement
from tests.browser.axe import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
YOUNG = dt.timedelta(days=17 * 365)
PICTURES = os.environ.get("AGREEMENT_PICTURES")


def of(world, name, *more) -> str:
    return reverse(f"immersions:{name}", args=[world.agreement.pk, *more])


def link(world, role) -> str:
    return reverse(
        "immersions:sign_link", args=[Signatory.objects.get(agreement=world.agreement, role=role).token]
    )


def while_it_is_written():
    """Before anybody wrote, then for the tutor. The pages to fill are read where they are filled, in
    `test_journey`.
    """
    world, nobody = an_agreement(), an_agreement(followed=False)
    pages = [(of(world, "agreement"), person) for person in (world.candidate, world.member, world.advisor)]
    pages.append((of(nobody, "agreement"), nobody.candidate))
    save(world, steps.ABOUT_YOU, ABOUT | {"birth_date": (timezone.localdate() - YOUNG).isoformat()})
    pages.append((of(world, "agreement_fill", "signataires"), world.candidate))
    save(world, steps.WELCOME, WELCOME)
    token = tutor_links.token_for(world.agreement, WELCOME["tutor_email"])
    return [
        *pages,
        (of(world, "agreement_ask_tutor"), world.member),
        (of(world, "agreement"), world.member),
        (reverse("immersions:tutor_link", args=[token]), None),
        *((reverse("immersions:tutor_fill", args=[token, step.slug]), None) for step in steps.FOR_TUTOR),
    ]


def save(world, step, answers):
    by = world.candidate if step.party == "candidate" else world.member
    save_step(reread(world.agreement), step, answers, by=by, seen="")


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


def once_it_is_decided():
    """Signed by all; refused; begun again for other dates; and each of them for the tutor."""
    world, refused, changed = (a_frozen_agreement() for _ in range(3))
    for by in (world.candidate, world.member, world.advisor):
        sign_agreement(
            reread(world.agreement), by=by, seen=1, evidence=Evidence(), is_entitled=by == world.member
        )
    refuse_agreement(
        reread(refused.agreement), by=refused.advisor, words="Les horaires dépassent la durée légale."
    )
    sign_agreement(reread(changed.agreement), by=changed.candidate, seen=1, evidence=Evidence())
    reopen_agreement(changed.application, None)
    token = tutor_links.token_for(world.agreement, WELCOME["tutor_email"])
    return [
        *((of(world, "agreement"), by) for by in (world.candidate, world.member, world.advisor)),
        (link(world, "company"), None),
        (reverse("verify", args=[world.agreement.version.code]), None),
        (reverse("immersions:tutor_link", args=[token]), None),
        *((of(refused, "agreement"), by) for by in (refused.candidate, refused.advisor)),
        (link(refused, "company"), None),
        (of(changed, "agreement"), changed.member),
        (link(changed, "company"), None),
        (reverse("verify", args=[changed.agreement.versions.get().code]), None),
    ]


@pytest.mark.deep_too
@pytest.mark.parametrize("pages", [while_it_is_written, while_it_is_signed, once_it_is_decided])
def test_each_page_is_for_everybody(visit, pages):
    for number, (path, user) in enumerate(pages()):
        page = visit(path, width=320, user=user)
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{pages.__name__}-{number:02d}.png", full_page=True)
        assert faults(page) == [], path


@pytest.mark.deep_too
def test_wrong_answers_of_the_tutor_are_read_by_everybody(visit):
    world = an_agreement()
    save(world, steps.WELCOME, WELCOME)
    token = tutor_links.token_for(world.agreement, WELCOME["tutor_email"])
    page = visit(reverse("immersions:tutor_fill", args=[token, "securite"]), width=320)
    page.get_by_role("button", name="Enregistrer et continuer").press("Enter")
    page.get_by_role("alert").wait_for()
    assert faults(page) == []
