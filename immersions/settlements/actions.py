"""« Dites du fait de qui » : asked by one side, answered by an agent of the territory.

The order of locks: application, settlement.
"""

import logging

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import AGENT, CANDIDATE, COMPANY
from core import french
from core.outbox import post
from core.rules import RuleBroken, constraints_speak
from core.workflow import SYSTEM, apply, check
from immersions.applications.models import Application
from immersions.applications.workflow import ApplicationStatus
from immersions.settlements import emails
from immersions.settlements.models import Settlement
from immersions.settlements.workflow import ASK, LEAVE_OPEN, SETTLE
from immersions.stays.actions import side_of
from immersions.stays.models import Absence, Whose
from territories.actions import close_agent_task, open_agent_task
from territories.models import AgentTask

logger = logging.getLogger(__name__)
SETTLED = "settle_absence"  # In the life of the application, whose status stays.


def why_not(application: Application, side: str) -> str:
    """A sentence when this side may not ask; empty when it may."""
    if application.status != ApplicationStatus.NO_SHOW:
        return "Il n’y a pas d’absence à trancher."
    if not Absence.objects.filter(application=application, side=side).exists():
        return "Donnez d’abord votre version : l’agent lit les deux."
    if application.ended_by:
        return "Les deux versions disent la même chose : il n’y a rien à trancher."
    if Settlement.objects.filter(application=application).exists():
        return "C’est déjà demandé à un agent."
    return ""


@transaction.atomic
def ask_settlement(application: Application, *, by: User, words: str) -> Settlement:
    """« Je demande qu’un agent tranche. »"""
    application.lock()
    side = side_of(application, by)
    if said := why_not(application, side):
        raise RuleBroken(said, code="not_now")
    if not words.strip():
        raise RuleBroken("Dites pourquoi, en quelques mots.", code="words")
    settlement = Settlement(application=application, side=side, words=words.strip(), asked_by=by)
    with constraints_speak(Settlement):
        settlement.save()
    settlement.record(ASK, role=side, by=by)
    _tell_agent(settlement)
    for message in emails.asked(settlement):
        post(message)
    logger.info("settlement asked", extra={"application": application.pk, "side": side})
    return settlement


@transaction.atomic
def settle_absence(settlement: Settlement, *, by: User, whose: str, reason: str) -> None:
    """« C’est du fait de… », and why: both sides and the advisor read it."""
    if not Settlement.objects.in_territory_of(by).filter(pk=settlement.pk).exists():
        raise PermissionDenied
    application = settlement.application
    application.lock()
    settlement.lock()
    check(SETTLE, settlement, role=AGENT, note=reason)
    if whose not in Whose.values:
        raise RuleBroken("Choisissez une réponse dans la liste.", code="whose")
    settlement.whose, settlement.reason = whose, reason.strip()
    settlement.settled_at, settlement.settled_by = timezone.now(), by
    apply(SETTLE, settlement, role=AGENT, by=by, note=reason.strip(), data={"whose": whose})
    application.ended_by = whose if whose in (CANDIDATE, COMPANY) else ""
    application.save(update_fields=["ended_by"])
    before = application.status
    application.record(SETTLED, before=before, role=AGENT, by=by, data={"whose": whose})
    _done_for_agents(settlement, by=by)
    for message in emails.settled(settlement):
        post(message)
    logger.info("absence settled", extra={"application": application.pk, "whose": whose})


@transaction.atomic
def leave_open(settlement: Settlement) -> None:
    """No agent answered: it stays « non déterminé », and both are told. The caller holds the row."""
    apply(LEAVE_OPEN, settlement, role=SYSTEM, by=None)
    _done_for_agents(settlement, by=None)
    if settlement.application.ended_by:
        return  # Both sides agreed meanwhile.
    for message in emails.left_open(settlement):
        post(message)


def escalate(settlement: Settlement) -> None:
    """A second task, said to be late: the first one may have been closed without an answer."""
    _tell_agent(settlement, again=True)


def remind(settlement: Settlement, *, number: int) -> None:
    """The agents' list says by itself what is late."""


def _tell_agent(settlement: Settlement, *, again: bool = False) -> None:
    offer = settlement.application.offer
    open_agent_task(
        "absence",
        f"Dire du fait de qui est une absence : {offer.title}, {offer.company.name}",
        key=f"settlement/{settlement.pk}{'/again' if again else ''}",
        url=reverse("admin:immersions_settlement_change", args=[settlement.pk]),
        detail=f"Les deux versions sont gardées. Sans réponse avant le {french.day(settlement.open_until)}, "
        "cela reste non déterminé.",
        department=offer.commune.department if offer.commune else None,
        due_on=timezone.localdate() if again else None,
    )


def _done_for_agents(settlement: Settlement, *, by: User | None) -> None:
    keys = [f"settlement/{settlement.pk}", f"settlement/{settlement.pk}/again"]
    for task in AgentTask.objects.open().filter(unique_key__in=keys):
        close_agent_task(task, by=by, outcome="C’est tranché." if by else "Sans réponse.")
