"""From the training's end to a year later, on screen: axe, nothing sticks out at 320 px."""

import os
from decimal import Decimal

import pytest
from django.urls import reverse

from commitments.contracts import disputing
from commitments.contracts.factories import (
    a_declared_contract,
    a_hired_person,
    a_trained_project,
    an_accepted_contract,
    facts,
)
from commitments.contracts.versions import Version
from commitments.factories import a_broken_promise, first_words
from commitments.followups import actions
from commitments.followups.models import FollowUp
from tests.browser.axe import faults
from tests.browser.test_projects import look

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
SHOTS = os.environ.get("SHOTS", "")


def pages():
    """(page, arguments, reader), each in the state that it is made for."""
    first_words()
    document = a_trained_project(answers={"conditions": ["completed", "fitness"]})
    asked, unmet, accepted = a_trained_project(), a_trained_project("partly"), an_accepted_contract()
    hired, broken = a_hired_person(), a_broken_promise()
    soon = facts().starts_on
    declared = a_declared_contract(kind="interim", starts_on=soon, ends_on=soon)
    disputed = a_declared_contract()
    own = Version(pay_gross_monthly=Decimal(1850))
    disputing.dispute_contract(
        disputed.contract, by=disputed.candidate, reason="pay", words="1 850 €", said=own
    )
    actions.ask_due()
    row = FollowUp.objects.get(commitment=hired.commitment, moment="end")
    actions.give_answer(row, actions.Answer(situation="there", satisfaction=4), by=hired.candidate)
    link = FollowUp.objects.get(commitment=broken.commitment, moment="end").token
    one = {
        name: [it.commitment.pk]
        for name, it in locals().items()
        if hasattr(it, "commitment") and name != "row"
    }
    return [
        ("conditions", one["document"], document.candidate),
        ("answer", one["asked"], asked.candidate),
        ("decline", one["asked"], asked.candidate),
        ("commitment", one["asked"], asked.candidate),
        ("declare", one["accepted"], accepted.member),
        ("commitment", one["accepted"], accepted.member),
        ("contract", one["declared"], declared.candidate),
        ("contract_dispute", one["declared"], declared.candidate),
        ("contract_mission", one["declared"], declared.member),
        ("contract", one["disputed"], disputed.member),
        ("end", one["unmet"], unmet.member),
        ("end", one["hired"], hired.candidate),
        ("end", one["broken"], broken.candidate),
        ("follow_ups", one["hired"], hired.candidate),
        ("follow_up", [*one["hired"], "end"], hired.member),
        ("follow_up_link", [link], None),
        ("candidate_space", [], asked.candidate),
    ]


@pytest.mark.deep_too
def test_each_page_after_the_training_is_read_by_everybody(visit):
    found = []
    for number, (name, args, user) in enumerate(pages()):
        address = reverse(name if name == "candidate_space" else f"commitments:{name}", args=args)
        page = visit(address, user=user)
        found += [(name, fault) for fault in faults(page)]
        if SHOTS:
            look(page, f"{SHOTS}/{number:02d}-{name}")
    assert found == []
