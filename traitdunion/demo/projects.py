"""Projects of the demo that are being written or have just been signed: one at each first step."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pgtrigger
from django.utils import timezone

from accounts.models import User
from candidates.models import Candidate
from commitments.projects import actions, choice, sign_actions, steps
from commitments.projects.halves import HiringPromise, TrainingPledge
from commitments.projects.models import Commitment, CommitmentEvent
from commitments.projects.texts import CommitmentSignature, CommitmentVersion
from commitments.seats.models import (
    ProjectValidation,
    ProjectValidationEvent,
    SeatRequest,
    SeatRequestEvent,
)
from core.signing.evidence import Evidence
from immersions.applications.models import Application
from trainings.models import Session
from traitdunion.demo import accounts
from traitdunion.demo.past import Past
from traitdunion.demo.people import manager_of

MARGIN = dt.timedelta(days=30)  # Between the training's end and the latest day of hiring.


def _whole(commitment: Commitment) -> Commitment:
    return Commitment.objects.for_page().get(pk=commitment.pk)


def _choose(commitment: Commitment) -> None:
    it = _whole(commitment)
    session = choice.sessions_for(it).filter(ends_on__isnull=False).first()
    if session is not None:
        actions.choose_session(it, session, by=it.candidate.user)


def _write(commitment: Commitment) -> None:
    it = _whole(commitment)
    company, session = it.company, it.pledge.session
    for step, said in half(it, session).items():
        actions.write_promise(_whole(it), step, said, by=manager_of(company))


def half(it: Commitment, session: Session | None) -> dict[steps.Step, dict[str, Any]]:
    ends_on = session.ends_on if session else None
    manager = manager_of(it.company)
    return {
        steps.JOB: {
            "job_title": it.offer.title,
            "place": str(it.offer.workplace or it.offer.commune),
            "contract": "cdi",
            "hours_weekly": Decimal(35),
            "pay_gross_monthly": it.offer.pay_gross_monthly or Decimal(1950),
            "posts": it.offer.posts or 1,
        },
        steps.CONTRACT: {"starts_by": (ends_on or timezone.localdate() + dt.timedelta(days=330)) + MARGIN},
        steps.CONDITIONS: {"conditions": ["completed"], "certification": "", "licence": ""},
        steps.SIGNATORY: {
            "carrier": "",
            "carrier_name": "",
            "carrier_siret": "",
            "signatory_name": manager.get_full_name(),
            "signatory_email": manager.email,
            "sponsor_name": it.sponsor_name or manager.get_full_name(),
            "sponsor_contact": it.sponsor_contact or manager.email,
        },
    }


def sign(commitment: Commitment, by: User, *, is_entitled: bool) -> None:
    it = _whole(commitment)
    seen = max(version.number for version in it.versions.all())
    sign_actions.sign_commitment(it, by=by, seen=seen, evidence=Evidence(), is_entitled=is_entitled)


STEPS: dict[str, Callable[[Commitment], None]] = {
    "choose": _choose,
    "write": _write,
    "sign-company": lambda it: sign(it, manager_of(it.company), is_entitled=True),
    "sign-candidate": lambda it: sign(it, it.candidate.user, is_entitled=False),
    "set-aside": lambda it: actions.set_aside(_whole(it), by=it.candidate.user, reason="income"),
}
# Nobody has waited long enough to be reminded: signing is asked for twice in three weeks.
STORIES: tuple[tuple[str, str, str], ...] = (
    ("kevin.schneider", "company", "propose@3"),
    ("lea.martin", "candidate", "propose@6 choose@6 write@4 sign-company@3"),
    ("ines.ferrand", "company", "propose@8 write@8 choose@6 sign-company@5 sign-candidate@4"),
    ("noah.keller", "candidate", "propose@12 set-aside@9"),
)


def seed_projects(past: Past) -> None:
    """By the site's own actions; who has had a project is left alone."""
    for key, side, story in STORIES:
        candidate = Candidate.objects.filter(user__email=f"{key}@{accounts.DOMAIN}").first()
        done = Application.objects.filter(candidate=candidate, status="completed").exclude(
            offer__weight="visit"
        )
        application = done.select_related("offer__company").order_by("pk").first()
        if application is None or Commitment.objects.filter(candidate=candidate).exists():
            continue
        by = application.candidate.user if side == "candidate" else manager_of(application.offer.company)
        for step in story.split():
            verb, _, days = step.partition("@")
            if verb == "propose":
                commitment = actions.propose_commitment(application, by=by)
            else:
                STEPS[verb](commitment)
            _move(past, past.moment(int(days), f"{key} {story.split()[0]}"), commitment)


def _move(past: Past, moment: dt.datetime, commitment: Commitment) -> None:
    """What the step has written, to its moment. A frozen text keeps its words: only its date moves."""
    pk = commitment.pk
    with pgtrigger.ignore():
        past.move(moment, Commitment, "id", pk)
        for model in (CommitmentEvent, CommitmentVersion, HiringPromise, TrainingPledge):
            past.move(moment, model, "commitment_id", pk)
        versions = CommitmentVersion.objects.filter(commitment=pk).values_list("pk", flat=True)
        past.move(moment, CommitmentSignature, "version_id", *versions)
        for request in SeatRequest.objects.filter(commitment=pk):
            past.move(moment, SeatRequest, "id", request.pk)
            past.move(moment, SeatRequestEvent, "seat_request_id", request.pk)
            past.move(moment, ProjectValidation, "seat_request_id", request.pk)
            past.move(moment, ProjectValidationEvent, "validation_id", request.validation.pk)
    past.move_messages(moment)
