"""Changing what both have signed: another session, a later start. A new text, signed by both again.

The old one stays valid until the new one is signed.
"""

import datetime as dt
import logging

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from commitments.projects import choice, emails, followers, freezing
from commitments.projects.halves import TrainingPledge
from commitments.projects.models import Commitment
from commitments.projects.rules import check_start
from commitments.projects.sides import hold, side_of
from commitments.projects.texts import Amendment, CommitmentVersion, Outcome
from commitments.projects.workflow import (
    AMEND,
    AMEND_IN_TRAINING,
    DROP_AMENDMENT,
    PROPOSE_AMENDMENT,
    CommitmentStatus,
)
from core.outbox import post
from core.rules import RuleBroken, constraints_speak
from core.workflow import SYSTEM, Transition, apply, check
from trainings.models import Session

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
    amendment = Amendment(commitment=commitment, version=version, asked_by=side, words=words.strip())
    with constraints_speak(Amendment):
        amendment.save()
    apply(move, commitment, role=side, by=by, note=words.strip(), data={"version": number})
    for message in emails.amendment(whole, amendment):
        post(message)
    return amendment


def _check_change(commitment: Commitment, session: Session, starts_by: dt.date, words: str) -> None:
    other_session = session.pk != commitment.pledge.session_id
    if not other_session and starts_by == commitment.starts_by:
        raise RuleBroken("Changez la session, la date d’embauche, ou les deux.", code="nothing_changes")
    if not words.strip():
        raise RuleBroken("Dites pourquoi, en quelques mots.", code="words")
    if Amendment.objects.filter(commitment=commitment, outcome="").exists():
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
    amendment = Amendment.objects.filter(commitment=commitment, outcome="").first()
    if amendment is None:
        raise RuleBroken("Aucune modification n’attend.", code="nothing_open")
    _close(amendment, Outcome.DROPPED)
    apply(move, commitment, role=side, by=by, data={"amendment": amendment.pk})
    for message in emails.amendment_dropped(Commitment.objects.for_page().get(pk=commitment.pk), amendment):
        post(message)


def take_effect(commitment: Commitment, version: CommitmentVersion, *, by: User | None) -> None:
    """Signed by both: the new text binds, the seat moves. The caller holds the project."""
    amendment = Amendment.objects.select_related("version").get(version=version)
    pledge = TrainingPledge.objects.select_related("session").get(commitment=commitment)
    commitment.pledge, before = pledge, pledge.session
    session = version.session
    if session.pk != before.pk:
        whole = Commitment.objects.for_page().get(pk=commitment.pk)
        choice.check_session(whole, session, starts_by=version.starts_by)
        pledge.session, pledge.starts_on, pledge.ends_on = session, session.starts_on, session.ends_on
        pledge.distance_km = choice.distance_to(commitment, session)
        pledge.written_at, pledge.written_on = timezone.now(), timezone.localdate()
        commitment.training_starts_on, commitment.training_ends_on = session.starts_on, session.ends_on
    commitment.starts_by = version.starts_by
    move = AMEND if commitment.status == CommitmentStatus.SEALED else AMEND_IN_TRAINING
    with constraints_speak(Commitment, TrainingPledge):
        pledge.save()
        apply(move, commitment, role=SYSTEM, by=None, data={"version": version.number})
    _close(amendment, Outcome.SIGNED)
    for message in emails.amended(Commitment.objects.for_page().get(pk=commitment.pk), version):
        post(message)
    if session.pk != before.pk:
        followers.amended(commitment, before, by)


def drop_amendment_of_session(commitment: Commitment) -> None:
    """The training begins where it was signed for: another session cannot be signed for any more. The
    caller holds the project, still before its entry.
    """
    waiting = Amendment.objects.filter(commitment=commitment, outcome="").select_related("version")
    pledge = TrainingPledge.objects.get(commitment=commitment)
    for amendment in waiting.exclude(version__session=pledge.session_id):
        _close(amendment, Outcome.DROPPED)
        move = move_from(DROP_AMENDMENT, commitment)
        apply(move, commitment, role=SYSTEM, by=None, data={"amendment": amendment.pk, "why": "entered"})
        for message in emails.amendment_dropped(
            Commitment.objects.for_page().get(pk=commitment.pk), amendment
        ):
            post(message)


def drop_open_amendment(commitment: Commitment) -> None:
    """The project ends: nothing waits for a signature any more."""
    for amendment in Amendment.objects.filter(commitment=commitment, outcome=""):
        _close(amendment, Outcome.DROPPED)


def _close(amendment: Amendment, outcome: str) -> None:
    amendment.outcome, amendment.closed_at = outcome, timezone.now()
    amendment.save(update_fields=["outcome", "closed_at"])
