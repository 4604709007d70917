"""What happens to a project when time passes. One watch for the whole table: alcoves that own a
waiting status say here what its steps do.
"""

import dataclasses
import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.urls import reverse

from commitments.projects import emails
from commitments.projects.models import Commitment, EndReason
from commitments.projects.workflow import COMMITMENT_WORKFLOW, LAPSE, CommitmentStatus
from core import french
from core.outbox import post
from core.waits import Watch
from core.workflow import SYSTEM, Wait, apply
from territories.actions import open_agent_task

logger = logging.getLogger(__name__)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """What the steps of one waiting status do, on the locked row (see core.waits.Watch)."""

    remind: Callable[..., None]
    escalate: Callable[[Commitment], None]
    end: Callable[[Commitment], None]
    wait_of: Callable[[Commitment, Wait], Wait] = lambda row, wait: wait


def nothing(commitment: Commitment, **about: Any) -> None:
    """A step that this status does not have."""


_steps: dict[str, Steps] = {}


def when_waiting(status: str, steps: Steps) -> None:
    """Once, at the start: `steps` are those of this status; registering again replaces them."""
    _steps[status] = steps


def _remind(commitment: Commitment, *, number: int) -> None:
    _steps[commitment.status].remind(commitment, number=number)


def _escalate(commitment: Commitment) -> None:
    _steps[commitment.status].escalate(commitment)


def _end(commitment: Commitment) -> None:
    _steps[commitment.status].end(commitment)


def _wait_of(commitment: Commitment, wait: Wait) -> Wait:
    steps = _steps.get(commitment.status)
    return steps.wait_of(commitment, wait) if steps else Wait(status=wait.status, owner=wait.owner)


WATCH = Watch(
    model=Commitment,
    workflow=COMMITMENT_WORKFLOW,
    remind=_remind,
    escalate=_escalate,
    end=_end,
    wait_of=_wait_of,
)


# --- A proposal ----------------------------------------------------------------------------------
def until_its_date(commitment: Commitment, wait: Wait) -> Wait:
    """Counted back from the date that it bears; a short one has fewer steps, never sooner ones."""
    days = (commitment.expires_on - commitment.proposed_on).days
    delays = commitment.offer.commune.department.region
    before = (delays.proposal_first_reminder_days, delays.proposal_second_reminder_days)
    reminders = tuple(days - it for it in before if days > it)
    escalation = days - delays.proposal_agent_days if days > delays.proposal_agent_days else None
    return dataclasses.replace(wait, reminders=reminders, escalation=escalation, end=days + 1)


def remind_both(commitment: Commitment, *, number: int) -> None:
    whole = Commitment.objects.for_page().get(pk=commitment.pk)
    for message in emails.reminder(whole, number=number):
        post(message)


def ask_agent(commitment: Commitment) -> None:
    whole = Commitment.objects.for_page().get(pk=commitment.pk)
    open_agent_task(
        "commitment_to_sign",
        f"Projet à signer avant le {french.day(whole.expires_on)} : {whole.promise.job_title}, {whole.company.name}",
        key=f"commitment/{whole.pk}/to_sign",
        url=settings.SITE_URL + reverse("admin:commitments_commitment_change", args=[whole.pk]),
        detail="Demandez à chacun ce qui manque. Sans signature, le projet se clôt à sa date limite.",
        department=whole.offer.commune.department,
        due_on=whole.expires_on,
    )


def lapse(commitment: Commitment) -> None:
    """Its date is past: both are told, each with a next step."""
    commitment.end_reason, commitment.ended_by = EndReason.TOO_LATE, SYSTEM
    apply(LAPSE, commitment, role=SYSTEM, by=None, note=EndReason.TOO_LATE.label)
    for message in emails.lapsed(Commitment.objects.for_page().get(pk=commitment.pk)):
        post(message)
    logger.info("commitment lapsed", extra={"commitment": commitment.pk})


PROPOSED = Steps(remind=remind_both, escalate=ask_agent, end=lapse, wait_of=until_its_date)


def register_proposals() -> None:
    when_waiting(CommitmentStatus.PROPOSED, PROPOSED)
