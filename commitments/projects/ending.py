"""The ends of a signed project by one of its sides: broken, withdrawn, hired early.

Each keeps its reason, gives the seat back, tells the agent and the advisor, and gives the other side
a next step. Other alcoves end projects too: `end()` does what every end does.
"""

import logging

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from accounts.roles import CANDIDATE
from commitments.projects import amending, emails, followers
from commitments.projects.actions import check_reason
from commitments.projects.exits import Situation, note_exit
from commitments.projects.models import CANDIDATE_REASONS, COMPANY_REASONS, Commitment, EndReason
from commitments.projects.sides import hold, side_of
from commitments.projects.workflow import BREAK, HIRE_EARLY, WITHDRAW
from core.outbox import post
from core.rules import RuleBroken
from core.workflow import Transition, apply, check
from territories.actions import open_agent_task

logger = logging.getLogger(__name__)


def end(
    commitment: Commitment,
    move: Transition,
    *,
    role: str,
    by: User | None,
    reason: str,
    words: str,
    note: str,
    situation: str = "",
) -> None:
    """What every end of a signed project does: its reason, its exit, no change left open, the seat back.

    The caller holds the project, and tells people.
    """
    if situation not in ("", *Situation.values):
        raise RuleBroken("Choisissez une situation dans la liste.", code="situation")
    commitment.end_reason, commitment.end_words, commitment.ended_by = reason, words.strip(), role
    note_exit(commitment, move.target, said=situation, role=role)
    apply(move, commitment, role=role, by=by, note=note)
    amending.drop_open_amendment(commitment)
    followers.ended(commitment, by)


@transaction.atomic
def break_promise(commitment: Commitment, *, by: User, reason: str, words: str = "") -> None:
    """The company does not keep its promise. The page has said what the law says of it."""
    _end_by_side(commitment, BREAK, by=by, reason=reason, words=words)


@transaction.atomic
def withdraw_from(
    commitment: Commitment, *, by: User, reason: str, words: str = "", situation: str = ""
) -> None:
    """The candidate goes no further: nothing is owed for it."""
    _end_by_side(commitment, WITHDRAW, by=by, reason=reason, words=words, situation=situation)


@transaction.atomic
def hire_early(commitment: Commitment, *, by: User, words: str = "") -> None:
    """A good end: the company hires without waiting for the training's last day."""
    _end_by_side(commitment, HIRE_EARLY, by=by, reason=EndReason.READY, words=words)


def _end_by_side(
    commitment: Commitment, move: Transition, *, by: User, reason: str, words: str, situation: str = ""
) -> None:
    hold(commitment)
    side = side_of(commitment, by)
    check(move, commitment, role=side, note=reason)
    known = CANDIDATE_REASONS if side == CANDIDATE else COMPANY_REASONS
    note = check_reason(reason, words, (EndReason.READY,) if move is HIRE_EARLY else known)
    before = commitment.status
    end(commitment, move, role=side, by=by, reason=reason, words=words, note=note, situation=situation)
    whole = Commitment.objects.for_page().get(pk=commitment.pk)
    _tell_agent(whole, move)
    for message in emails.ended(whole, move, before):
        post(message)
    logger.info("commitment ended", extra={"commitment": commitment.pk, "how": move.name})


def _tell_agent(commitment: Commitment, move: Transition) -> None:
    """Told, and nothing blocks on them; a broken promise is theirs to follow."""
    titles = {
        BREAK.name: "Promesse d’embauche rompue par l’entreprise",
        WITHDRAW.name: "Projet emploi-formation : la personne se retire",
        HIRE_EARLY.name: "Projet emploi-formation : embauche avant la fin",
    }
    open_agent_task(
        f"commitment_{move.name}",
        f"{titles[move.name]} : {commitment.promise.job_title}, {commitment.company.name}",
        key=f"commitment/{commitment.pk}/{move.name}",
        url=settings.SITE_URL + reverse("admin:commitments_commitment_change", args=[commitment.pk]),
        detail=f"La raison donnée : {commitment.get_end_reason_display().lower()}.",
        department=commitment.offer.commune.department,
    )
