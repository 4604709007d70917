"""Follow-ups: planned when the training or the path ends, asked on their day, answered, or left unknown."""

import dataclasses
import datetime as dt
import logging

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import ADVISOR, CANDIDATE, COMPANY
from commitments.contracts.months import same_day
from commitments.followups import emails
from commitments.followups.models import (
    MONTHS_AFTER,
    Again,
    FollowUp,
    FollowUpAnswer,
    Moment,
    Satisfaction,
)
from commitments.followups.queries import HIRED
from commitments.followups.workflow import (
    ANSWER,
    ASK,
    CORRECT,
    GIVE_UP,
    PLAN,
    PLAN_AGAIN,
    POSTPONE,
    TAKE_KNOWN,
    FollowUpStatus,
)
from commitments.projects.exits import ENDED, Situation
from commitments.projects.models import Commitment
from commitments.projects.sides import side_of
from commitments.projects.workflow import CommitmentStatus
from core.outbox import post
from core.rules import RuleBroken, constraints_speak
from core.sweeps import each_alone
from core.workflow import SYSTEM, apply
from territories.actions import open_agent_task

logger = logging.getLogger(__name__)
S = CommitmentStatus
AFTER_TRAINING = (S.TRAINED, S.TO_CONFIRM, S.ACCEPTED, *ENDED)
# What a company may know of somebody whom it has hired.
COMPANY_MAY_SAY = (Situation.THERE, Situation.ELSEWHERE, Situation.SHORT_JOB, Situation.TRAINING)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    situation: str
    satisfaction: int | None = None
    same_trade: str = ""
    same_training: str = ""


# --- Planning ------------------------------------------------------------------------------------
def plan(commitment: Commitment, by: User | None = None) -> None:
    """At the training's end, else at the path's: four questions, for everybody who had a signed project.

    Once: what is planned already stays, unless it waits for the end. In the transaction that ends it, else by
    the sweep.
    """
    if commitment.sealed_on is None:
        return
    ended_on, planned = _last_day(commitment), FollowUp.objects.filter(commitment=commitment)
    if planned.exists():
        for row in planned.postponed():
            row.due_on = same_day(ended_on, MONTHS_AFTER[Moment(row.moment)])
            apply(PLAN_AGAIN, row, role=SYSTEM, by=None)
        return
    for moment, months in MONTHS_AFTER.items():
        row = FollowUp.objects.create(commitment=commitment, moment=moment, due_on=same_day(ended_on, months))
        row.record(PLAN, role=SYSTEM, by=None)
    _take_what_is_known(commitment, by)


def postpone(commitment: Commitment, by: User | None = None) -> None:
    """The training goes on after all. RuleBroken when somebody has already said what became of the person."""
    rows = FollowUp.objects.filter(commitment=commitment).select_for_update(of=("self",), no_key=True)
    if rows.with_situation().exists():
        raise RuleBroken("Ce que la personne est devenue est déjà dit.", code="later")
    last = commitment.training_ends_on or timezone.localdate() + dt.timedelta(days=365)
    for row in rows.unsettled():
        row.due_on = same_day(last, MONTHS_AFTER[Moment(row.moment)])
        apply(POSTPONE, row, role=SYSTEM, by=None)


def _last_day(commitment: Commitment) -> dt.date:
    """The training's last day, when it was followed to its end; else the day when the path stopped."""
    moved_on = timezone.localdate(commitment.status_since)
    finished = commitment.status in (S.TRAINED, S.TO_CONFIRM, S.ACCEPTED)
    return min(moved_on, commitment.training_ends_on or moved_on) if finished else moved_on


def _take_what_is_known(commitment: Commitment, by: User | None) -> None:
    """Who said it while leaving is not asked again the same day."""
    if commitment.exit_said_by != CANDIDATE:
        return
    row = FollowUp.objects.get(commitment=commitment, moment=Moment.END)
    _keep(row, Answer(situation=commitment.exit_type), said_by=CANDIDATE, by=by)
    apply(TAKE_KNOWN, row, role=CANDIDATE, by=by)


def plan_missing() -> int:
    """By state: every path past its training or over has its four questions."""
    known = FollowUp.objects.filter(commitment=OuterRef("pk"))
    rows = Commitment.objects.was_sealed().filter(~Exists(known), status__in=AFTER_TRAINING)
    return each_alone(rows.order_by("pk"), _plan_one)


def _plan_one(pk: int) -> int:
    commitment = Commitment.objects.select_for_update(skip_locked=True, of=("self",), no_key=True).filter(
        pk=pk
    )
    found = commitment.first()
    if found is None:
        return 0
    plan(found)
    return 1


# --- Asking --------------------------------------------------------------------------------------
def ask_due() -> int:
    """By state and date. Several due at once (a long stop): the last one is asked, the others are unknown."""
    due = FollowUp.objects.to_ask().order_by("commitment", "due_on", "pk")
    return each_alone(due, _ask_one)


def _ask_one(pk: int) -> int:
    rows = FollowUp.objects.to_ask().select_for_update(skip_locked=True, of=("self",), no_key=True)
    row = rows.filter(pk=pk).first()
    if row is None:
        return 0
    later = FollowUp.objects.to_ask().filter(commitment=row.commitment_id, due_on__gt=row.due_on)
    has_account = row.commitment.candidate.user.is_active
    if later.exists() or not has_account:
        apply(GIVE_UP, row, role=SYSTEM, by=None)
        return 1
    row.restart_wait()
    apply(ASK, row, role=SYSTEM, by=None)
    post(emails.asked(_whole(row)))
    return 1


def _whole(row: FollowUp) -> FollowUp:
    return FollowUp.objects.for_list().get(pk=row.pk)


# --- What happens to one that was asked ----------------------------------------------------------
def remind(row: FollowUp, *, number: int) -> None:
    post(emails.asked(_whole(row), number=number))


def ask_advisor(row: FollowUp) -> None:
    """Whoever accompanies them; nobody does: an agent."""
    it = _whole(row)
    messages = emails.to_advisors(it)
    for message in messages:
        post(message)
    if not messages:
        open_agent_task(
            "followup_missing",
            f"Où en est la personne ? {it.commitment.promise.job_title}, {it.commitment.company.name}",
            key=f"followup/{it.pk}/missing",
            url=settings.SITE_URL + reverse("admin:commitments_commitment_change", args=[it.commitment_id]),
            detail="Pas de réponse à deux rappels, et personne ne l’accompagne.",
            department=it.commitment.offer.commune.department,
        )


def leave_unknown(row: FollowUp) -> None:
    """It stays unknown, and it is counted so. An answer that comes later is still welcome."""
    apply(GIVE_UP, row, role=SYSTEM, by=None)


# --- Answering -----------------------------------------------------------------------------------
@transaction.atomic
def give_answer(row: FollowUp, answer: Answer, *, by: User | None) -> None:
    """One click. By None: through the link that the person received. Every answer is kept; the
    person's own prevails.
    """
    read = row.token
    row.lock()
    if by is None and row.token != read:  # Erased while the page was open: the link is nobody's.
        raise PermissionDenied
    role = _speaks_as(row, by)
    _check_answer(answer, role)
    last = row.answers.filter(said_by=role).last()
    if row.is_answered and last is not None and last.what == dataclasses.astuple(answer):
        return  # The same click twice.
    if row.is_to_come:
        raise RuleBroken("Cette question n’est pas encore posée.", code="transition")
    prevails = role == CANDIDATE or row.said_by != CANDIDATE
    move = CORRECT if row.is_answered else ANSWER
    with constraints_speak(FollowUpAnswer, FollowUp):
        _keep(row, answer, said_by=role, by=by, prevails=prevails)
        apply(move, row, role=role, by=by, data={} if by else {"by": "link"})
    logger.info("follow-up answered", extra={"followup": row.pk, "said_by": role})


def _keep(row: FollowUp, answer: Answer, *, said_by: str, by: User | None, prevails: bool = True) -> None:
    """The caller applies the move, which saves."""
    row.answers.create(said_by=said_by, user=by, **dataclasses.asdict(answer))
    if prevails:
        row.situation, row.satisfaction = answer.situation, answer.satisfaction
        row.same_trade, row.same_training = answer.same_trade, answer.same_training
        row.said_by, row.answered_at = said_by, timezone.now()


def _speaks_as(row: FollowUp, by: User | None) -> str:
    """Deduced from the account, or from the link, which is the person's own."""
    if not row.commitment.candidate.user.is_active:  # They left: what is known stays, nothing is added.
        raise PermissionDenied
    if by is None:
        if not row.link_is_live:
            raise PermissionDenied
        return CANDIDATE
    role = side_of(row.commitment, by)
    if role not in (CANDIDATE, ADVISOR, COMPANY):
        raise PermissionDenied
    if role == COMPANY and row.commitment.status not in HIRED:
        raise PermissionDenied
    return role


def _check_answer(answer: Answer, role: str) -> None:
    known = COMPANY_MAY_SAY if role == COMPANY else tuple(Situation)
    if answer.situation not in known:
        raise RuleBroken("Choisissez une situation dans la liste.", code="situation")
    if answer.satisfaction not in (None, *Satisfaction.values):
        raise RuleBroken("Choisissez une réponse dans la liste.", code="satisfaction")
    for name in ("same_trade", "same_training"):
        if getattr(answer, name) not in ("", *Again.values):
            raise RuleBroken("Choisissez une réponse dans la liste.", code=name)
    if role != CANDIDATE and (answer.satisfaction or answer.same_trade or answer.same_training):
        raise RuleBroken("Seule la personne dit ce qu’elle en pense.", code="opinion")


# --- Five years later ----------------------------------------------------------------------------
def forget_old(years: int = 5) -> int:
    """Outcomes are kept without the person: who said it, and the links, go."""
    before = timezone.localdate() - dt.timedelta(days=round(years * 365.25))
    old = FollowUp.objects.filter(due_on__lt=before).exclude(status=FollowUpStatus.TO_COME)
    return FollowUpAnswer.objects.filter(follow_up__in=old, user__isnull=False).update(user=None)
