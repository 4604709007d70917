"""Reports, what was observed, and closing without one."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import ADVISOR, CANDIDATE
from candidates.structures.models import Following
from core.outbox import post
from core.rules import RuleBroken, constraints_speak
from core.workflow import SYSTEM, apply, check
from immersions.applications.models import Application
from immersions.applications.sides import role_in
from immersions.stays import attestations, emails
from immersions.stays.models import Came, Fits, GoesOn, Level, Observation, Report, Side, WhatNext
from immersions.stays.workflow import CLOSE, GIVE, REPORT_WORKFLOW
from territories.actions import close_agent_task
from territories.models import AgentTask

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The three questions, and what one may add."""

    came: str
    fits: str
    goes_on: str
    half_days: int | None = None
    what_next: str = ""
    words: str = ""
    private_words: str = ""


@transaction.atomic
def give_report(report: Report, answers: Answers, *, by: User | None) -> None:
    """Sixty seconds. By None: through the link that this side received, and no other way."""
    report.application.lock()
    report.lock()
    role = _speaks_for(report, by)
    check(GIVE, report, role=role)
    _check_answers(report, answers)
    report.came, report.fits, report.goes_on = answers.came, answers.fits, answers.goes_on
    report.half_days = answers.half_days
    report.words = answers.words.strip()
    if report.side == CANDIDATE:
        report.what_next = answers.what_next
        report.private_words = answers.private_words.strip()
    report.given_at, report.given_by = timezone.now(), by
    with constraints_speak(Report):
        apply(GIVE, report, role=role, by=by, data={} if by else {"by": "link"})
    _done_for_agents(report)
    for message in emails.report_given(report):
        post(message)
    logger.info("report given", extra={"report": report.pk, "side": report.side})


def _speaks_for(report: Report, by: User | None) -> str:
    """The side of the report: deduced from the account, or from the link."""
    if by is None:
        if report.side != Side.COMPANY or not report.link_is_live:
            raise PermissionDenied
        return report.side
    if role_in(report.application, by) != report.side:
        raise PermissionDenied
    return report.side


def _check_answers(report: Report, answers: Answers) -> None:
    known = (
        (answers.came, Came.values, "came"),
        (answers.fits, Fits.values, "fits"),
        (answers.goes_on, GoesOn.values, "goes_on"),
        (answers.what_next, ["", *WhatNext.values], "what_next"),
    )
    for answer, choices, code in known:
        if answer not in choices:
            raise RuleBroken("Répondez aux trois questions.", code=code)


@transaction.atomic
def observe_skills(report: Report, levels: Mapping[str, int], *, by: User | None) -> None:
    """For who wants: the skills of the trade, one level each. Once; the tutor's make the attestation."""
    report.application.lock()
    report.lock()
    _speaks_for(report, by)
    if not report.is_given:
        raise RuleBroken("Donnez d’abord votre bilan.", code="not_given")
    if report.observations.exists():
        raise RuleBroken("Vos observations sont déjà enregistrées.", code="observed")
    if not any(level != Level.NOT_SEEN for level in levels.values()):
        raise RuleBroken("Choisissez au moins une compétence observée.", code="nothing_observed")
    with constraints_speak(Observation):
        report.observations.bulk_create(
            Observation(report=report, order=order, skill=skill, level=level)
            for order, (skill, level) in enumerate(levels.items())
        )
    if report.side == Side.COMPANY:
        attestation = attestations.issue(report)
        post(emails.attestation_ready(attestation))
    logger.info("skills observed", extra={"report": report.pk, "side": report.side})


@transaction.atomic
def close_report(report: Report, *, by: User) -> None:
    """The structure that accompanies the person goes on without it, in one click."""
    mine = Following.objects.seen_by(by).filter(candidate=report.application.candidate_id)
    if not mine.exists():
        raise PermissionDenied
    report.lock()
    apply(CLOSE, report, role=ADVISOR, by=by)
    _done_for_agents(report)


def stop_asking(application: Application, side: str) -> None:
    """This side said « on continue » by another act: nobody chases its report, which it may still give."""
    steps = REPORT_WORKFLOW.waits[0].steps
    for report in Report.objects.open().filter(application=application, side=side):
        report.lock()
        report.wait_step = len(steps)
        report.save(update_fields=["wait_step"])
        _done_for_agents(report)


def stop_for_good(report: Report) -> None:
    """The person's account is erased: neither side is asked for what it thought of them."""
    report.lock()
    apply(CLOSE, report, role=SYSTEM, by=None)
    _done_for_agents(report)


def task_key(report: Report) -> str:
    return f"report/{report.pk}/missing"


def _done_for_agents(report: Report) -> None:
    for task in AgentTask.objects.open().filter(unique_key=task_key(report)):
        close_agent_task(task, by=None, outcome="La situation a changé.")
