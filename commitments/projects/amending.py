"""Changing what both have signed: another session, a later start. A new text, signed by both again.

The old one stays valid until the new one is signed.
"""

import datetime as dt
import logging

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from commitments.projects import binding, choice, emails, followers, freezing
from commitments.projects.halves import TrainingPledge
from commitments.projects.models import Commitment
from commitments.projects.rules import check_start
from commitments.projects.sides import hold, side_of
from commitments.projects.texts import Amendment, CommitmentVersion
from commitments.projects.workflow import (
    AMEND,
    AMEND_IN_TRAINING,
    ASK_AMENDMENT,
    BIND_AMENDMENT,
    CLOSE_AMENDMENT,
    DROP_AMENDMENT,
    END_AMENDMENT,
    LAPSE_AMENDMENT,
    PROPOSE_AMENDMENT,
    AmendmentStatus,
    CommitmentStatus,
)
from core.outbox import post
from core.rules import RuleBroken, constraints_speak
from core.workflow import SYSTEM, Transition, apply, check
from territories.actions import close_agent_task
from territories.delays import wait_in
from territories.models import AgentTask
from territories.working_days import last_day_before
from trainings.models import Session, SessionSeats

logger = logging.getLogger(__name__)


def move_from(moves: dict[str, Transition], commitment: Commitment) -> Transition:
    """The line of the table for this status; one that refuses, when there is none."""
    return moves.get(commitment.status, next(iter(moves.values())))


@transaction.atomic
def propose_amendment(
    commitment: Commitment,
    *,
    by: User,
    session: Session | None = None,
    starts_by: dt.date | None = None,
    words: str = "",
) -> Amendment:
    """Another session, another latest date, or both: whoever asks says why."""
    hold(commitment)
    side = side_of(commitment, by)
    move = move_from(PROPOSE_AMENDMENT, commitment)
    check(move, commitment, role=side)
    whole = Commitment.objects.for_page().get(pk=commitment.pk)
    session, starts_by = session or whole.pledge.session, starts_by or whole.starts_by
    _check_change(whole, session, starts_by, words)
    number = CommitmentVersion.objects.filter(commitment=commitment).count() + 1
    version = freezing.freeze(whole, session=session, starts_by=starts_by, number=number, why=words.strip())
    amendment = Amendment(
        commitment=commitment,
        version=version,
        asked_by=side,
        words=words.strip(),
        sign_by=last_day_to_sign(whole, session, starts_by),
    )
    with constraints_speak(Amendment):
        amendment.save()
    amendment.record(ASK_AMENDMENT, role=side, by=by, data={"sign_by": amendment.sign_by.isoformat()})
    apply(move, commitment, role=side, by=by, note=words.strip(), data={"version": number})
    for message in emails.amendment(whole, amendment):
        post(message)
    return amendment


def last_day_to_sign(commitment: Commitment, session: Session, starts_by: dt.date) -> dt.date:
    """As long as the Region waits; less, when the other session or the work would have begun before."""
    today, department = timezone.localdate(), commitment.department_code
    counted = today + dt.timedelta(days=(wait_in(department, "amendment").end or 1) - 1)
    begin = {starts_by}
    if session.pk != commitment.pledge.session_id and session.starts_on:
        begin.add(session.starts_on)
    return max(today, min(counted, *(last_day_before(day, department) for day in begin)))


def _check_change(commitment: Commitment, session: Session, starts_by: dt.date, words: str) -> None:
    other_session = session.pk != commitment.pledge.session_id
    if not other_session and starts_by == commitment.starts_by:
        raise RuleBroken("Changez la session, la date d’embauche, ou les deux.", code="nothing_changes")
    if not words.strip():
        raise RuleBroken("Dites pourquoi, en quelques mots.", code="words")
    if open_amendment_of(commitment) is not None:
        raise RuleBroken(
            "Une modification attend déjà d’être signée.", code="amendment_one_open_per_commitment"
        )
    if other_session and commitment.status != CommitmentStatus.SEALED:
        raise RuleBroken("La formation a commencé : la session ne change plus.", code="in_training")
    if other_session:
        choice.check_session(commitment, session, starts_by=starts_by)
    changed = Commitment(starts_by=starts_by, training_ends_on=session.ends_on)
    check_start(changed)


@transaction.atomic
def drop_amendment(commitment: Commitment, *, by: User | None) -> None:
    """« Garder le projet tel quel »: the signed text goes on."""
    hold(commitment)
    side = side_of(commitment, by)
    move = move_from(DROP_AMENDMENT, commitment)
    check(move, commitment, role=side)
    amendment = open_amendment_of(commitment)
    if amendment is None:
        raise RuleBroken("Aucune modification n’attend.", code="nothing_open")
    _close(amendment, CLOSE_AMENDMENT, role=side, by=by)
    apply(move, commitment, role=side, by=by, data={"amendment": amendment.pk})
    for message in emails.amendment_dropped(Commitment.objects.for_page().get(pk=commitment.pk), amendment):
        post(message)


def take_effect(commitment: Commitment, version: CommitmentVersion, *, by: User | None) -> None:
    """Signed by both: the new text binds, the seat moves. The caller holds the project."""
    amendment = Amendment.objects.select_related("version").get(version=version)
    before = binding.bind(commitment, version)
    move = AMEND if commitment.status == CommitmentStatus.SEALED else AMEND_IN_TRAINING
    with constraints_speak(Commitment):
        apply(move, commitment, role=SYSTEM, by=None, data={"version": version.number})
    _close(amendment, BIND_AMENDMENT)
    for message in emails.amended(Commitment.objects.for_page().get(pk=commitment.pk), version):
        post(message)
    if version.session_id != before.pk:
        with constraints_speak(SessionSeats):  # Last: everybody who wants a seat there waits for this row.
            followers.amended(commitment, before, by)


# --- Changes that stop by themselves ---------------------------------------------------------------
def drop_amendment_of_session(commitment: Commitment) -> None:
    """The training begins where it was signed for: another session cannot be signed for any more. The
    caller holds the project, still before its entry.
    """
    pledge = TrainingPledge.objects.get(commitment=commitment)
    amendment = open_amendment_of(commitment)
    if amendment is not None and amendment.version.session_id != pledge.session_id:
        _stop(commitment, amendment, why="entered")


def drop_amendment_of_training(commitment: Commitment) -> None:
    """The training is over: what was signed holds. The caller holds the project, still in training."""
    amendment = open_amendment_of(commitment)
    if amendment is not None:
        _stop(commitment, amendment, why="trained")


def drop_open_amendment(commitment: Commitment) -> None:
    """The project ends: nothing waits for a signature any more."""
    amendment = open_amendment_of(commitment)
    if amendment is not None:
        _close(amendment, CLOSE_AMENDMENT)


def lapse_amendment(amendment: Amendment) -> None:
    """Its date is past: the project stays as it was signed, both are told. The caller holds the project."""
    commitment = Commitment.objects.get(pk=amendment.commitment_id)
    _close(amendment, END_AMENDMENT)
    move = LAPSE_AMENDMENT.get(commitment.status)
    if move is None:  # The project went on without it: there is nothing to tell any more.
        return
    apply(move, commitment, role=SYSTEM, by=None, data={"amendment": amendment.pk})
    for message in emails.amendment_lapsed(Commitment.objects.for_page().get(pk=commitment.pk), amendment):
        post(message)
    logger.info("amendment lapsed", extra={"amendment": amendment.pk})


def open_amendment_of(commitment: Commitment) -> Amendment | None:
    waiting = Amendment.objects.filter(commitment=commitment, status=AmendmentStatus.OPEN)
    return waiting.select_related("version").first()


def task_key(amendment: Amendment) -> str:
    """Of what an agent is asked when nobody signs."""
    return f"commitment/{amendment.commitment_id}/amendment/{amendment.pk}"


def _stop(commitment: Commitment, amendment: Amendment, *, why: str) -> None:
    """By itself, while the project goes on: both are told that it stays as it is."""
    _close(amendment, CLOSE_AMENDMENT)
    move = move_from(DROP_AMENDMENT, commitment)
    apply(move, commitment, role=SYSTEM, by=None, data={"amendment": amendment.pk, "why": why})
    for message in emails.amendment_dropped(Commitment.objects.for_page().get(pk=commitment.pk), amendment):
        post(message)


def _close(amendment: Amendment, move: Transition, *, role: str = SYSTEM, by: User | None = None) -> None:
    apply(move, amendment, role=role, by=by)
    for task in AgentTask.objects.open().filter(unique_key=task_key(amendment)):
        close_agent_task(task, by=None, outcome="La situation a changé.")
