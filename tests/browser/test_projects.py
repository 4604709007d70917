"""A project from the proposal to the promise signed, read by both sides: axe, nothing sticks out at 320 px."""

import os

import pytest
from django.urls import reverse

from commitments.factories import a_broken_promise, a_commitment_in, a_proposal, first_words
from immersions.stays.factories import a_stay
from tests.browser.axe import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
SHOTS = os.environ.get("SHOTS", "")


def pages():
    """(page, arguments, reader), each in the state that it is made for."""
    first_words()
    stay = a_stay("completed", begins_in=-5)
    written = a_proposal()
    frozen, sealed, broken = a_commitment_in("proposed"), a_commitment_in("sealed"), a_broken_promise()
    return [
        ("my_application", [stay.pk], stay.candidate.user),
        ("propose", [stay.pk], stay.candidate.user),
        ("commitment", [written.commitment.pk], written.member),
        ("pledge", [written.commitment.pk], written.candidate),
        *(
            ("promise_step", [written.commitment.pk, slug], written.member)
            for slug in ("poste", "contrat", "conditions", "signature")
        ),
        ("sign", [frozen.commitment.pk], frozen.member),
        ("sign_link", [frozen.commitment.signatories.get(role="company").token], None),
        ("set_aside", [frozen.commitment.pk], frozen.candidate),
        ("commitment", [sealed.commitment.pk], sealed.candidate),
        ("amend", [sealed.commitment.pk], sealed.candidate),
        ("break", [sealed.commitment.pk], sealed.member),
        ("withdraw", [sealed.commitment.pk], sealed.candidate),
        ("hire_early", [sealed.commitment.pk], sealed.member),
        ("commitment", [broken.commitment.pk], broken.candidate),
        ("sign_link", [broken.commitment.signatories.get(role="company").token], None),  # Over.
    ]


@pytest.mark.deep_too
def test_each_page_of_a_project_is_read_by_everybody(visit):
    found = []
    for number, (name, args, user) in enumerate(pages()):
        room = "immersions" if name == "my_application" else "commitments"
        page = visit(reverse(f"{room}:{name}", args=args), user=user)
        found += [(name, fault) for fault in faults(page)]
        if SHOTS:
            look(page, f"{SHOTS}/{number:02d}-{name}")
    assert found == []


def look(page, name):
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.screenshot(path=f"{name}-{width}.png", full_page=True)
