"""The whole table of this alcove: every status × every event × every role does what it says, nothing else."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from commitments.factories import HALF, a_commitment_in, a_session_for, bare, rewritten, sign
from commitments.projects import actions, amending, ending, steps
from commitments.projects.models import EndReason
from commitments.projects.workflow import COMMITMENT_WORKFLOW, CommitmentStatus
from core.models import OutgoingMessage
from core.rules import RuleBroken
from tests.worlds import made_once

pytestmark = pytest.mark.django_db
ROLES = ("candidate", "company", "advisor")
REASON = {"candidate": EndReason.INCOME, "company": EndReason.ACTIVITY, "advisor": EndReason.OTHER}


def person(world, role):
    return {"candidate": world.candidate, "company": world.member, "advisor": world.advisor}[role]


def write(world, role):
    it = bare(world.commitment)
    if role == "candidate":
        actions.choose_session(it, a_session_for(world.offer), by=person(world, role))
    else:
        said = HALF[steps.JOB] | {"job_title": "Maçon"}
        actions.write_promise(it, steps.JOB, said, by=person(world, role))


def sign_as(world, role):
    if role == "advisor":
        from commitments.projects.sign_actions import sign_commitment
        from core.signing.evidence import Evidence

        sign_commitment(bare(world.commitment), by=world.advisor, seen=1, evidence=Evidence())
    sign(world, role)


def amend(world, role):
    later = world.session.ends_on + dt.timedelta(days=60)
    amending.propose_amendment(
        bare(world.commitment), by=person(world, role), starts_by=later, words="Plus tard"
    )


def set_aside(world, role):
    actions.set_aside(bare(world.commitment), by=person(world, role), reason=REASON[role], words="Non")


def end_by(action):
    def act(world, role):
        action(bare(world.commitment), by=person(world, role), reason=REASON[role], words="Non")

    return act


def hire_early(world, role):
    ending.hire_early(bare(world.commitment), by=person(world, role))


DO = {
    "write": write,
    "sign": sign_as,
    "set_aside": set_aside,
    "propose_amendment": amend,
    "break": end_by(ending.break_promise),
    "withdraw": end_by(ending.withdraw_from),
    "hire_early": hire_early,
}


_made, worlds = made_once(lambda: {it: a_commitment_in(it) for it in ("proposed", "expired", "sealed")})


@pytest.mark.parametrize("status", CommitmentStatus.values)
def test_each_event_does_what_the_table_says_and_nothing_else(worlds, status):
    """One world for each status: what is refused leaves it as it is; what is allowed is undone."""
    world = worlds[status] if status in worlds else rewritten(worlds["sealed"], status)
    for event, act in DO.items():
        for role in ROLES:
            before, owed = world.commitment.events.count(), OutgoingMessage.objects.count()
            if COMMITMENT_WORKFLOW.is_decided(event, status, role):
                with transaction.atomic():
                    act(world, role)
                    assert world.commitment.events.count() > before, (event, role)
                    for kind in owed_by(event, status):
                        assert OutgoingMessage.objects.filter(kind=kind).exists(), (event, kind)
                    transaction.set_rollback(True)
                world.commitment = bare(world.commitment)
                continue
            with pytest.raises((RuleBroken, PermissionDenied)):
                act(world, role)
            assert bare(world.commitment).status == status
            assert (world.commitment.events.count(), OutgoingMessage.objects.count()) == (before, owed), event


def owed_by(event, status):
    moves = [it for it in COMMITMENT_WORKFLOW.transitions if it.name == event and status in it.sources]
    return moves[0].owes
