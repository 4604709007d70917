"""A contested contract: both versions are data. An agent calls both sides; the company corrects, the person
confirms, or the agent decides on what they read. By itself time gives reason to nobody.
"""

import datetime as dt
import logging
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import TextChoices
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import AGENT
from commitments.contracts import emails
from commitments.contracts.actions import whole
from commitments.contracts.declaring import (
    check_is_the_one,
    close_tasks,
    hold_both,
    judge_by_promise,
    task_key,
)
from commitments.contracts.models import Contract, DisputeReason
from commitments.contracts.versions import (
    CandidateVersion,
    Version,
    as_the_person_says,
    check_version,
    version_of,
)
from commitments.contracts.workflow import (
    DECIDE,
    DISPUTE_CONTRACT,
    FIND_NONE,
    LEAVE_UNSETTLED,
    ContractStatus,
)
from commitments.projects import ending
from commitments.projects.models import Commitment
from commitments.projects.sides import side_of
from commitments.projects.workflow import DISPUTE, SETTLE
from core.outbox import post
from core.rules import RuleBroken, constraints_speak
from core.workflow import SYSTEM, Transition, apply, check
from immersions.offers.models import Contract as Kind
from territories.actions import open_agent_task

logger = logging.getLogger(__name__)


class Truth(TextChoices):
    """What an agent holds for true, after both sides."""

    COMPANY = "company", "La version de l’entreprise"
    CANDIDATE = "candidate", "La version de la personne"
    NONE = "none", "Aucun contrat n’est signé"


@transaction.atomic
def dispute_contract(
    contract: Contract, *, by: User, reason: str, words: str, said: Version | None = None
) -> None:
    """« Ce n’est pas cela » : both versions are kept, an agent calls both sides."""
    hold_both(contract)
    commitment = contract.commitment
    side = side_of(commitment, by)
    check_is_the_one(contract)
    check(DISPUTE_CONTRACT, contract, role=side, note=reason)
    if reason not in DisputeReason.values:
        raise RuleBroken("Choisissez une raison dans la liste.", code="reason")
    if not words.strip():
        raise RuleBroken("Donnez votre version, en quelques mots.", code="words")
    own = (said or Version()).beside(contract)
    check_version(contract, own, reason)
    contract.dispute_reason, contract.dispute_words = reason, words.strip()
    contract.answered_at = timezone.now()
    note = f"{DisputeReason(reason).label}. {words.strip()}"
    apply(DISPUTE_CONTRACT, contract, role=side, by=by, note=note)
    if own:
        with constraints_speak(CandidateVersion):
            CandidateVersion.objects.create(contract=contract, **own)
    if not contract.is_outside_promise:
        commitment.restart_wait()  # The company's turn again.
        apply(DISPUTE, commitment, role=side, by=by, note=note, data={"contract": contract.pk})
    it = whole(commitment)
    _ask_agent(it, contract, reason)
    for message in emails.contract_disputed(it, contract):
        post(message)


def _ask_agent(it: Commitment, contract: Contract, reason: str) -> None:
    open_agent_task(
        "contract_disputed",
        f"Contrat contesté : {it.promise.job_title}, {it.company.name}",
        key=task_key(contract),
        url=_admin_page(contract),
        detail=f"La personne dit : {DisputeReason(reason).label.lower()}. Appelez les deux côtés ; sans "
        "correction ni accord, tranchez.",
        department=it.offer.commune.department,
    )


def _admin_page(contract: Contract) -> str:
    return settings.SITE_URL + reverse("admin:commitments_contract_change", args=[contract.pk])


@transaction.atomic
def settle_dispute(contract: Contract, *, by: User, truth: str, words: str) -> Contract | None:
    """An agent has read the contract, or heard that there is none. What they hold for true is another row,
    judged like any other; both versions stay on this one.
    """
    if truth not in Truth.values:
        raise RuleBroken("Choisissez ce qui est vrai.", code="truth")
    hold_both(contract)
    side = side_of(contract.commitment, by)
    if truth == Truth.NONE:
        _set_aside(contract, FIND_NONE, role=side, by=by, words=words)
        return None
    check(DECIDE, contract, role=side, note=words)
    said = version_of(contract)
    if truth == Truth.CANDIDATE and said is None:
        raise RuleBroken(
            "La personne n’a pas donné d’autres chiffres : demandez à l’entreprise de déclarer à nouveau.",
            code="truth",
        )
    apply(DECIDE, contract, role=side, by=by, note=words, data={"truth": truth})
    decided = _decided(contract, said if truth == Truth.CANDIDATE else None, by=by)
    decided.record("decided", role=side, by=by, note=words, data={"truth": truth, "is_kept": decided.is_kept})
    if not decided.is_outside_promise:
        ending.end(contract.commitment, SETTLE, role=side, by=by, reason="", words="", note=words)
    _tell(contract, truth, words, decided)
    return decided


def _decided(contract: Contract, said: CandidateVersion | None, *, by: User) -> Contract:
    """The row of what is held for true; its missions are those that were declared, unless the dates differ."""
    decided = as_the_person_says(contract, said or {})
    decided.status, decided.declared_by, decided.answered_at = ContractStatus.DECIDED, by, timezone.now()
    periods: list[tuple[dt.date, dt.date]] = []
    if decided.kind == Kind.TEMP:
        known = [it.period for it in contract.missions.all()]
        moved = said is not None and bool(said.starts_on or said.ends_on)
        periods = known if known and not moved else [(decided.starts_on, decided.ends_on)]
    judge_by_promise(decided, periods)
    with constraints_speak(Contract):
        decided.save()
    for first, last in periods:
        decided.missions.create(starts_on=first, ends_on=last, said_by=by)
    return decided


def leave_unsettled(contract: Contract) -> None:
    """Nobody corrected, confirmed nor decided: it counts as nothing, and the company owes its contract.

    The sweep holds the contract and the project (`watch.end_dispute`).
    """
    contract.commitment.refresh_from_db()
    _set_aside(contract, LEAVE_UNSETTLED, role=SYSTEM, by=None, words="")


def _set_aside(contract: Contract, move: Transition, *, role: str, by: User | None, words: str) -> None:
    apply(move, contract, role=role, by=by, note=words)
    if not contract.is_outside_promise:
        commitment = contract.commitment
        commitment.restart_wait()
        commitment.save(update_fields=["waiting_since", "wait_step"])
    _tell(contract, Truth.NONE if role == AGENT else "", words)


def _tell(contract: Contract, truth: str, words: str, decided: Contract | None = None) -> None:
    close_tasks(contract)
    about: dict[str, Any] = {"truth": truth, "words": words.strip()}
    for message in emails.contract_settled(whole(contract.commitment), contract, decided, **about):
        post(message)
    logger.info("dispute over", extra={"contract": contract.pk, "truth": truth or "unsettled"})


# --- What happens while it lasts -----------------------------------------------------------------
def remind_company(contract: Contract, *, number: int) -> None:
    for message in emails.dispute_reminder(whole(contract.commitment), contract, number=number):
        post(message)


def ask_agent_to_settle(contract: Contract, last_day: str) -> None:
    it = whole(contract.commitment)
    open_agent_task(
        "contract_to_settle",
        f"Contrat contesté, à trancher : {it.promise.job_title}, {it.company.name}",
        key=f"{task_key(contract)}/settle",
        url=_admin_page(contract),
        detail=f"Ni correction ni accord. Tranchez avant le {last_day} : passé ce jour, il reste sans accord, "
        "et l’entreprise doit à nouveau donner son contrat.",
        department=it.offer.commune.department,
    )
