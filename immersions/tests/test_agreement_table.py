"""The whole table: every status × every event × every role does what it says, and nothing else."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from core.models import OutgoingMessage
from core.rules import RuleBroken
from core.signing.evidence import Evidence
from immersions.agreements import steps
from immersions.agreements.actions import fingerprint, refuse_agreement, save_step
from immersions.agreements.factories import ABOUT, WORK, a_frozen_agreement, an_agreement, reread
from immersions.agreements.models import Agreement
from immersions.agreements.sign_actions import sign_agreement
from immersions.agreements.workflow import AGREEMENT_WORKFLOW, AgreementStatus
from tests.worlds import made_once

pytestmark = pytest.mark.django_db
ROLES = ("candidate", "company", "advisor")
OWN_PAGE = {
    "candidate": (steps.ABOUT_YOU, ABOUT | {"address": "4 rue du Pont"}),
    "company": (steps.WORK, WORK | {"tasks": "Autre chose"}),
}


def person(world, role):
    return {"candidate": world.candidate, "company": world.member, "advisor": world.advisor}[role]


def in_status(status):
    """A world whose agreement is there, the shortest lawful way."""
    if status == "draft":
        return an_agreement()
    world = a_frozen_agreement()
    if status in ("signed", "validated"):
        sign(world, "candidate")
        sign(world, "company")
    if status == "validated":
        sign(world, "advisor")
    if status == "refused":
        refuse(world, "advisor")
    if status == "void":
        from immersions.applications.actions import withdraw_application

        withdraw_application(world.application, by=world.candidate, reason="found_work")
    return world


def sign(world, role):
    by = person(world, role)
    sign_agreement(reread(world.agreement), by=by, seen=1, evidence=Evidence(), is_entitled=role == "company")


def edit(world, role):
    step, answers = OWN_PAGE.get(
        role, (steps.STRUCTURE, {**reread(world.agreement).data_of("advisor"), "x": "y"})
    )
    agreement = reread(world.agreement)
    save_step(agreement, step, answers, by=person(world, role), seen=fingerprint(agreement))


def refuse(world, role):
    refuse_agreement(reread(world.agreement), by=person(world, role), words="Le tuteur est absent.")


DO = {"fill": edit, "change": edit, "sign": sign, "refuse": refuse}
# A signature in `to_sign` is a line « sign »; the prescriber's, when all have signed, validates.
IS_SAME = {
    ("signed", "sign", "advisor"): "validate",
    ("to_sign", "fill"): "change",
    ("signed", "fill"): "change",
}


def decided(status, event, role):
    name = IS_SAME.get((status, event, role)) or IS_SAME.get((status, event)) or event
    if event == "change" and status == "draft":
        name = "fill"
    return AGREEMENT_WORKFLOW.is_decided(name, status, role)


_made, worlds = made_once(lambda: {status: in_status(status) for status in AgreementStatus.values})


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("event", ["fill", "sign", "refuse"])
@pytest.mark.parametrize("status", AgreementStatus.values)
def test_each_event_does_what_the_table_says_and_nothing_else(worlds, status, event, role):
    world = worlds[status]
    before, owed = world.agreement.events.count(), OutgoingMessage.objects.count()
    if decided(status, event, role):
        DO[event](world, role)
        assert world.agreement.events.count() > before
        return
    with pytest.raises((RuleBroken, PermissionDenied)):
        DO[event](world, role)
    assert reread(world.agreement).status == status
    assert (world.agreement.events.count(), OutgoingMessage.objects.count()) == (before, owed)


def test_the_database_refuses_a_status_that_the_table_does_not_know():
    world = an_agreement()
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.filter(pk=world.agreement.pk).update(status="forged")


def test_one_live_agreement_per_application():
    world = an_agreement()
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.create(application=world.application)
