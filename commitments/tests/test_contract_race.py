"""Two at once: one outcome, and both learn it."""

import pytest

from commitments.contracts import actions, declaring
from commitments.contracts.factories import a_declared_contract, a_trained_project, facts
from commitments.contracts.models import Contract
from commitments.factories import reread
from commitments.followups import actions as followups
from commitments.followups.models import FollowUp, FollowUpAnswer
from core.models import OutgoingMessage
from tests.race import overlapping

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_company_declares_while_the_person_declines():
    world = a_trained_project()

    def decline():
        actions.decline(reread(world.commitment), by=world.candidate, reason="travel")

    def declare():
        declaring.declare(reread(world.commitment), facts(), by=world.member)

    assert overlapping(decline, declare) == "refused"
    assert (reread(world.commitment).status, Contract.objects.count()) == ("declined", 0)
    told = OutgoingMessage.objects.filter(kind="commitments/declined").values_list("to", flat=True)
    assert {world.candidate.email, world.member.email} <= set(told)


def test_the_person_confirms_while_the_company_corrects():
    world = a_declared_contract()
    correct = lambda: declaring.declare(reread(world.commitment), facts(reference="2"), by=world.member)  # noqa: E731
    confirm = lambda: declaring.confirm_contract(  # noqa: E731
        Contract.objects.get(pk=world.contract.pk), by=world.candidate
    )
    assert overlapping(correct, confirm) == "refused"
    assert sorted(Contract.objects.values_list("status", flat=True)) == ["declared", "replaced"]
    assert reread(world.commitment).status == "accepted"


def test_two_clicks_on_the_mailed_link_are_one_answer():
    a_trained_project()
    followups.ask_due()
    row = FollowUp.objects.get(status="asked")

    def click():
        said = followups.Answer(situation="training")
        followups.give_answer(FollowUp.objects.get(pk=row.pk), said, by=None)

    assert overlapping(click, click) == "accepted"
    assert FollowUpAnswer.objects.count() == 1
    assert row.events.filter(transition="answer").count() == 1
