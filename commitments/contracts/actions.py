"""From the end of the training to the candidate's yes or no. The contract itself: `declaring`."""

import datetime as dt
import logging

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import User
from accounts.roles import AGENT, CANDIDATE
from commitments.contracts import conditions, emails
from commitments.contracts.models import ConditionCheck
from commitments.projects import ending
from commitments.projects.actions import check_reason
from commitments.projects.models import CANDIDATE_REASONS, Commitment, EndReason
from commitments.projects.sides import hold, side_of
from commitments.projects.workflow import (
    ACCEPT,
    CONCLUDE,
    CONCLUDE_UNMET,
    CONFIRM_CONDITION,
    DECLINE,
    CommitmentStatus,
)
from core.outbox import post
from core.rules import RuleBroken, constraints_speak
from core.sweeps import each_alone
from core.workflow import SYSTEM, apply, check

logger = logging.getLogger(__name__)


def whole(commitment: Commitment) -> Commitment:
    return Commitment.objects.for_page().get(pk=commitment.pk)


@transaction.atomic
def conclude(commitment: Commitment) -> str:
    """The training is over: are the conditions met? Returns "met", "unmet" or "waits" (for a document).

    Called when the result is given, when a document is confirmed, and by the sweep.
    """
    hold(commitment)
    check(CONCLUDE, commitment, role=SYSTEM)
    standing = conditions.standing_of(commitment)
    outcome = conditions.outcome_of(standing)
    if outcome == conditions.WAITS:
        asked = conditions.ask_for(commitment, standing)
        for message in emails.condition_to_confirm(whole(commitment), asked):
            post(message)
        return outcome
    if outcome == conditions.UNMET:
        missing = [name for name, how in standing.items() if how == conditions.UNMET]
        note = ", ".join(str(conditions.Condition(name).label) for name in missing)
        ending.end(commitment, CONCLUDE_UNMET, role=SYSTEM, by=None, reason="", words="", note=note)
        messages = emails.conditions_unmet(whole(commitment), missing)
    else:
        apply(CONCLUDE, commitment, role=SYSTEM, by=None)
        messages = emails.to_confirm(whole(commitment))
    for message in messages:
        post(message)
    logger.info("commitment concluded", extra={"commitment": commitment.pk, "outcome": outcome})
    return outcome


def follow_trained(commitment: Commitment, by: User | None) -> None:
    """The training's result has just been written, in the same transaction."""
    conclude(commitment)


def conclude_trained() -> int:
    """By state: whoever is trained and waits for no document is concluded; twice changes nothing."""
    waits = ConditionCheck.objects.filter(commitment=OuterRef("pk"), is_met=None)
    rows = Commitment.objects.filter(~Exists(waits), status=CommitmentStatus.TRAINED).order_by("pk")
    return each_alone(rows, _conclude_one)


def _conclude_one(pk: int) -> None:
    conclude(Commitment.objects.get(pk=pk))


@transaction.atomic
def confirm_condition(
    commitment: Commitment,
    condition: str,
    *,
    by: User,
    is_met: bool,
    document: str = "",
    dated: dt.date | None = None,
) -> str:
    """A licence, a medical opinion: who says it, from which document. Only the person says « non ».

    Returns what the conclusion became.
    """
    hold(commitment)
    side = side_of(commitment, by)
    check(CONFIRM_CONDITION, commitment, role=side)
    asked = ConditionCheck.objects.filter(commitment=commitment, condition=condition, is_met=None).first()
    if asked is None:
        raise RuleBroken("Cette condition n’attend pas de réponse.", code="condition")
    if not is_met and side not in (CANDIDATE, AGENT):
        raise RuleBroken("C’est à la personne de dire qu’elle ne l’aura pas.", code="role")
    if is_met and not document.strip():
        raise RuleBroken("Dites quel document le prouve.", code="document")
    if is_met and (dated is None or dated > timezone.localdate()):
        raise RuleBroken("Écrivez la date du document : elle est passée.", code="dated")
    asked.is_met, asked.document, asked.dated = is_met, document.strip(), dated
    asked.said_by, asked.said_as, asked.said_at = by, side, timezone.now()
    with constraints_speak(ConditionCheck):
        asked.save()
    apply(CONFIRM_CONDITION, commitment, role=side, by=by, data={"condition": condition, "is_met": is_met})
    return conclude(commitment)


@transaction.atomic
def accept(commitment: Commitment, *, by: User) -> None:
    """« Oui, je veux ce contrat. » The company gives its dates next."""
    hold(commitment)
    side = side_of(commitment, by)
    apply(ACCEPT, commitment, role=side, by=by)
    for message in emails.accepted(whole(commitment)):
        post(message)


@transaction.atomic
def decline(commitment: Commitment, *, by: User, reason: str, words: str = "", situation: str = "") -> None:
    """« Non, merci », with a reason from the list: nothing is owed for it, the post is free again."""
    hold(commitment)
    side = side_of(commitment, by)
    check(DECLINE, commitment, role=side, note=reason)
    note = check_reason(reason, words, CANDIDATE_REASONS)
    _decline(commitment, role=side, by=by, reason=reason, words=words, note=note, situation=situation)


def decline_by_silence(commitment: Commitment) -> None:
    """Fifteen days without an answer, after two reminders and an agent's call. On the locked row."""
    reason = EndReason.NO_ANSWER
    _decline(commitment, role=SYSTEM, by=None, reason=reason, words="", note=str(reason.label), situation="")


def _decline(
    commitment: Commitment,
    *,
    role: str,
    by: User | None,
    reason: str,
    words: str,
    note: str,
    situation: str,
) -> None:
    ending.end(
        commitment, DECLINE, role=role, by=by, reason=reason, words=words, note=note, situation=situation
    )
    for message in emails.declined(whole(commitment)):
        post(message)
    logger.info("contract declined", extra={"commitment": commitment.pk, "reason": reason})
