"""A project from its proposal to the frozen text, and the proposals that stop.

Signing: `sign_actions`. Changing what is signed: `amending`. The ends of what is signed: `ending`.
"""

import datetime as dt
import logging
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import AGENT, CANDIDATE, COMPANY
from candidates.models import Candidate
from commitments.projects import choice, emails, freezing
from commitments.projects.halves import HiringPromise, TrainingPledge
from commitments.projects.models import CANDIDATE_REASONS, COMPANY_REASONS, Commitment, EndReason
from commitments.projects.rules import check_promise, faults_of, minimum_today
from commitments.projects.sides import hold, side_of
from commitments.projects.steps import CONTRACT, JOB, SIGNATORY, Step, missing_steps
from commitments.projects.workflow import ALLOW_TRAINING, LIVE, PROPOSE, SET_ASIDE, SIDES, WRITE
from core.outbox import post
from core.rules import RuleBroken, constraints_speak
from core.workflow import SYSTEM, apply, check
from immersions.agreements.models import Agreement, Party
from immersions.applications.models import Application
from immersions.applications.sides import role_in
from immersions.applications.workflow import ApplicationStatus
from immersions.stays.people import tutor_of
from immersions.stays.report_actions import stop_asking
from trainings.models import Session

logger = logging.getLogger(__name__)
USUAL_DAYS, LEAST_DAYS, MOST_DAYS = 21, 7, 60


def usual_expiry() -> dt.date:
    return timezone.localdate() + dt.timedelta(days=USUAL_DAYS)


@transaction.atomic
def propose_commitment(
    application: Application, *, by: User, expires_on: dt.date | None = None
) -> Commitment:
    """« Proposer un projet emploi-formation »: that side's yes, after a completed immersion."""
    Candidate.objects.select_for_update(no_key=True).get(pk=application.candidate_id)
    application.lock()
    side = role_in(application, by)
    if side not in SIDES:
        raise PermissionDenied
    expires_on = expires_on or usual_expiry()
    _check_may_propose(application)
    _check_expiry(expires_on)
    offer = application.offer
    commitment = Commitment(
        application=application,
        candidate=application.candidate,
        company=offer.company,
        offer=offer,
        proposed_by=side,
        expires_on=expires_on,
        posts=offer.posts,
    )
    commitment.sponsor_name, commitment.sponsor_contact = tutor_of(application)
    with constraints_speak(Commitment):
        commitment.save()
    _begin_promise(commitment)
    TrainingPledge.objects.create(commitment=commitment)
    stop_asking(application, side)
    commitment.record(PROPOSE, role=side, by=by, data={"expires_on": expires_on.isoformat()})
    for message in emails.proposed(commitment):
        post(message)
    logger.info("commitment proposed", extra={"commitment": commitment.pk, "side": side})
    return commitment


def may_propose(application: Application) -> bool:
    """And no project is open after it."""
    return not why_not_propose(application) and not application.commitments.open().exists()


def why_not_propose(application: Application) -> str:
    """The code of what forbids it; empty after a completed immersion under agreement, without a signed project."""
    try:
        _check_may_propose(application)
    except RuleBroken as refusal:
        return refusal.code or ""
    return ""


def _check_may_propose(application: Application) -> None:
    if application.status != ApplicationStatus.COMPLETED or not application.offer.needs_agreement:
        raise RuleBroken(
            "Un projet emploi-formation se propose après une immersion terminée, sous convention.",
            code="not_completed",
        )
    if Commitment.objects.filter(candidate=application.candidate_id, status__in=LIVE).exists():
        raise RuleBroken(
            "Cette personne a déjà un projet signé. Il faut d’abord clore l’autre.",
            code="commitment_one_live_per_candidate",
        )


def _check_expiry(expires_on: dt.date) -> None:
    today = timezone.localdate()
    first, last = today + dt.timedelta(days=LEAST_DAYS), today + dt.timedelta(days=MOST_DAYS)
    if not first <= expires_on <= last:
        raise RuleBroken(
            f"Choisissez une date limite dans {LEAST_DAYS} à {MOST_DAYS} jours.", code="expires_on"
        )


def _begin_promise(commitment: Commitment) -> None:
    """What the offer says already, and who signed the agreement for the company."""
    offer = commitment.offer
    agreement = Agreement.objects.filter(application=commitment.application, status="validated").last()
    said = agreement.data_of(Party.COMPANY) if agreement else {}
    HiringPromise.objects.create(
        commitment=commitment,
        occupation=offer.occupation,
        job_title=offer.occupation.title[:120],
        place=str(offer.workplace or offer.commune or "")[:200],
        contract=offer.contract,
        months=offer.contract_months,
        hours_weekly=35,
        pay_gross_monthly=offer.pay_gross_monthly,
        conditions=["completed"],
        signatory_name=said.get("signatory_name", ""),
        signatory_email=said.get("signatory_email", ""),
    )


@transaction.atomic
def write_promise(commitment: Commitment, step: Step, answers: dict[str, Any], *, by: User) -> None:
    """One page of the company's half. Writing after the text was frozen makes another text."""
    hold(commitment)
    side = side_of(commitment, by)
    check(WRITE, commitment, role=side)
    if side != COMPANY:
        raise RuleBroken("C’est l’entreprise qui écrit cette partie.", code="role")
    promise = HiringPromise.objects.get(commitment=commitment)
    commitment.promise = promise
    promise.written_by = by
    fill(commitment, promise, step, answers)
    check_promise(commitment, promise, step)
    written = [*dict.fromkeys([*promise.steps, step.slug])]
    if step is JOB:  # Another kind of contract: the pages that it makes wrong are asked again.
        wrong = {it.slug for it in (CONTRACT, SIGNATORY) if any(faults_of(commitment, promise, it))}
        written = [slug for slug in written if slug not in wrong]
    promise.steps = written
    promise.written_at = timezone.now() if not missing_steps(commitment) else None
    with constraints_speak(HiringPromise, Commitment, TrainingPledge):
        promise.save()
        commitment.save()
    apply(WRITE, commitment, role=side, by=by, data={"step": step.slug})
    freezing.freeze_if_whole(commitment)


def fill(commitment: Commitment, promise: HiringPromise, step: Step, answers: dict[str, Any]) -> None:
    """One page's answers, and what follows from them: the legal minimum of these hours, nothing left over
    from another kind. Nothing is saved."""
    for row, names in ((promise, step.fields), (commitment, step.on_commitment)):
        for name in names:
            if name in answers:
                setattr(row, name, answers[name])
    if promise.contract == "cdi":
        promise.months, promise.fixed_term_reason, promise.within_months = None, "", None
    elif promise.contract != "interim":
        promise.within_months = None
    if promise.contract == "alternance":
        promise.fixed_term_reason = ""
    if not promise.carrier:
        promise.carrier_name = promise.carrier_siret = ""
    if (least := minimum_today(promise)) is not None:
        promise.legal_minimum_monthly = least


@transaction.atomic
def choose_session(commitment: Commitment, session: Session, *, by: User) -> None:
    """The candidate's half: one named session, funded, to come, with a seat."""
    hold(commitment)
    side = side_of(commitment, by)
    check(WRITE, commitment, role=side)
    if side != CANDIDATE:
        raise RuleBroken("C’est la personne qui choisit sa formation.", code="role")
    pledge = TrainingPledge.objects.select_related("session__action").get(commitment=commitment)
    commitment.pledge = pledge
    choice.check_session(commitment, session)
    pledge.session, pledge.starts_on, pledge.ends_on = session, session.starts_on, session.ends_on
    pledge.distance_km = choice.distance_to(commitment, session)
    pledge.written_at, pledge.written_on = timezone.now(), timezone.localdate()
    commitment.training_starts_on, commitment.training_ends_on = session.starts_on, session.ends_on
    with constraints_speak(TrainingPledge, Commitment):
        pledge.save()
        commitment.save()
    apply(WRITE, commitment, role=side, by=by, data={"session": session.pk})
    freezing.freeze_if_whole(commitment)


@transaction.atomic
def allow_training(commitment: Commitment, session: Session, *, by: User, reason: str) -> None:
    """An agent permits a training that does not lead to this occupation, and says why. The person is told."""
    hold(commitment)
    if not by.is_staff or side_of(commitment, by) != AGENT:
        raise PermissionDenied
    check(ALLOW_TRAINING, commitment, role=AGENT, note=reason)
    pledge = TrainingPledge.objects.get(commitment=commitment)
    commitment.pledge = pledge
    choice.check_to_allow(commitment, session)
    pledge.allowed_training = session.action.training  # The candidate still chooses: nothing else moves.
    pledge.exception_by, pledge.exception_reason = by, reason.strip()
    with constraints_speak(TrainingPledge):
        pledge.save()
    apply(ALLOW_TRAINING, commitment, role=AGENT, by=by, note=reason.strip())
    post(emails.training_allowed(commitment, session, reason=reason.strip()))


@transaction.atomic
def set_aside(commitment: Commitment, *, by: User, reason: str, words: str = "") -> None:
    """« Ne pas donner suite », by either side, before both have signed."""
    hold(commitment)
    side = side_of(commitment, by)
    check(SET_ASIDE, commitment, role=side, note=reason)
    reasons = CANDIDATE_REASONS if side == CANDIDATE else COMPANY_REASONS
    note = check_reason(reason, words, reasons)
    commitment.end_reason, commitment.end_words, commitment.ended_by = reason, words.strip(), side
    apply(SET_ASIDE, commitment, role=side, by=by, note=note)
    for message in emails.set_aside(commitment):
        post(message)


def set_other_proposals_aside(commitment: Commitment) -> None:
    """This one is signed: the person's other proposals stop, and their companies are told."""
    others = Commitment.objects.proposed().filter(candidate=commitment.candidate_id).exclude(pk=commitment.pk)
    for other in others.order_by("pk"):
        hold(other)
        other.end_reason, other.ended_by = EndReason.OTHER_PROJECT, SYSTEM
        apply(SET_ASIDE, other, role=SYSTEM, by=None, note=EndReason.OTHER_PROJECT.label)
        for message in emails.set_aside(other):
            post(message)


def check_reason(reason: str, words: str, known: tuple[EndReason, ...]) -> str:
    """The sentence that the history keeps. RuleBroken outside the closed list."""
    if reason not in known:
        raise RuleBroken("Choisissez une raison dans la liste.", code="reason")
    if reason == EndReason.OTHER and not words.strip():
        raise RuleBroken("Dites pourquoi, en quelques mots.", code="words")
    return ". ".join(filter(None, [EndReason(reason).label, words.strip()]))
