"""Two at once: one outcome, and both learn it."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from commitments.contracts import actions, declaring, disputing
from commitments.contracts.factories import a_declared_contract, a_hired_person, a_trained_project, facts
from commitments.contracts.models import Contract
from commitments.contracts.versions import Version
from commitments.factories import reread
from commitments.followups import actions as followups
from commitments.followups.models import FollowUp, FollowUpAnswer
from commitments.followups.personal_data import erase_follow_ups
from core.models import OutgoingMessage
from territories.agents import make_agent
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


def test_the_company_corrects_while_an_agent_decides():
    world = a_declared_contract()
    said = Version(pay_gross_monthly=Decimal(1850))
    disputing.dispute_contract(world.contract, by=world.candidate, reason="pay", words="Lisez", said=said)
    agent = make_agent("agent@grandest.example", departments=[world.offer.commune.department])[0]

    def decide():
        contract = Contract.objects.get(pk=world.contract.pk)
        disputing.settle_dispute(contract, by=agent, truth="candidate", words="Lu")

    correct = lambda: declaring.declare(reread(world.commitment), facts(reference="2"), by=world.member)  # noqa: E731
    assert overlapping(correct, decide) == "refused"
    assert sorted(Contract.objects.values_list("status", flat=True)) == ["declared", "replaced"]


def test_the_person_and_the_company_answer_at_once_and_the_person_s_word_prevails():
    world = a_hired_person()
    followups.ask_due()
    row = FollowUp.objects.get(status="asked")

    def says(by, situation):
        said = followups.Answer(situation=situation)
        return lambda: followups.give_answer(FollowUp.objects.get(pk=row.pk), said, by=by)

    assert overlapping(says(world.candidate, "elsewhere"), says(world.member, "there")) == "accepted"
    row.refresh_from_db()
    assert (row.situation, row.said_by, row.answers.count()) == ("elsewhere", "candidate", 2)


def test_a_link_opened_before_its_person_left_answers_nothing():
    world = a_trained_project()
    followups.ask_due()
    row = FollowUp.objects.get(status="asked")

    def click():
        with pytest.raises(PermissionDenied):
            followups.give_answer(row, followups.Answer(situation="there"), by=None)

    assert overlapping(lambda: erase_follow_ups(world.candidate), click) == "accepted"
    assert not FollowUpAnswer.objects.exists()


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
