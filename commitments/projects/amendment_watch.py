"""A change that was asked and that nobody signs: reminded, then an agent, then the project stays as it was."""

import dataclasses

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from commitments.projects import amending, emails
from commitments.projects.models import Commitment
from commitments.projects.sides import hold
from commitments.projects.texts import Amendment
from commitments.projects.workflow import AMENDMENT_WORKFLOW
from core import french
from core.outbox import post
from core.waits import Watch
from core.workflow import Wait
from territories.actions import open_agent_task
from territories.delays import wait_in
from territories.working_days import ONE_DAY


def hold_project(pk: int) -> None:
    """Whoever signs, drops or ends holds the project first: so does the date."""
    hold(Commitment.objects.get(amendments=pk))


def until_its_day(amendment: Amendment, wait: Wait) -> Wait:
    """The Region's days, counted back from its last day to sign: a shorter one has the same steps, sooner."""
    wait = wait_in(amendment.commitment.department_code, "amendment")
    session, pledged = amendment.version.session, amendment.commitment.pledge.session_id
    last = amendment.sign_by
    if session.pk != pledged and session.starts_on:  # A catalogue may have moved it since.
        last = min(last, session.starts_on - ONE_DAY)
    end = (last - timezone.localdate(amendment.waiting_since)).days + 1
    sooner = (wait.end or end) - end

    def at(day: int) -> int:
        return max(1, day - sooner)

    return dataclasses.replace(
        wait,
        reminders=tuple(at(day) for day in wait.reminders),
        escalation=None if wait.escalation is None else at(wait.escalation),
        end=max(1, end),
    )


def remind(amendment: Amendment, *, number: int) -> None:
    """Whoever has still to sign, by their own link."""
    whole = Commitment.objects.for_page().get(pk=amendment.commitment_id)
    for message in emails.amendment_reminder(whole, amendment, number=number):
        post(message)


def ask_agent(amendment: Amendment) -> None:
    whole = Commitment.objects.for_page().get(pk=amendment.commitment_id)
    open_agent_task(
        "amendment_to_sign",
        f"Modification à signer avant le {french.day(amendment.sign_by)} : "
        f"{whole.promise.job_title}, {whole.company.name}",
        key=amending.task_key(amendment),
        url=settings.SITE_URL + reverse("admin:commitments_commitment_change", args=[whole.pk]),
        detail="Demandez à chacun ce qui manque. Sans les deux signatures, le projet reste tel qu’il est signé.",
        department=whole.offer.commune.department,
        due_on=amendment.sign_by,
    )


WATCH = Watch(
    model=Amendment,
    workflow=AMENDMENT_WORKFLOW,
    hold=hold_project,
    remind=remind,
    escalate=ask_agent,
    end=amending.lapse_amendment,
    wait_of=until_its_day,
)
