"""The contract: the company gives its facts, the candidate confirms or disputes; silence is counted apart."""

import dataclasses
import datetime as dt
import logging
from collections.abc import Iterable
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User, check_siret
from accounts.roles import CANDIDATE, COMPANY
from commitments.contracts import emails
from commitments.contracts.actions import whole
from commitments.contracts.kept import judge
from commitments.contracts.models import Contract, Mission
from commitments.contracts.months import Period, check_last, check_near
from commitments.contracts.workflow import (
    ADD_MISSION,
    CONFIRM,
    DECLARE_CONTRACT,
    DROP,
    REPLACE,
    TAKE_ONE_SIDED,
    ContractStatus,
)
from commitments.projects import ending
from commitments.projects.halves import HiringPromise
from commitments.projects.models import Commitment
from commitments.projects.sides import hold, side_of
from commitments.projects.workflow import DECLARE, HIRE, CommitmentStatus
from core.outbox import post
from core.rules import RuleBroken, constraints_speak
from core.workflow import SYSTEM, Transition, apply, check
from immersions.offers.models import Contract as Kind
from territories.actions import close_agent_task
from territories.models import AgentTask

logger = logging.getLogger(__name__)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the company says of the contract."""

    kind: str
    starts_on: dt.date
    ends_on: dt.date | None = None
    hours_weekly: Decimal
    pay_gross_monthly: Decimal
    carrier: str = ""
    carrier_name: str = ""
    carrier_siret: str = ""
    reference: str = ""


@transaction.atomic
def declare(commitment: Commitment, facts: Facts, *, by: User) -> Contract:
    """The company gives the contract. Below the promise, it is recorded as such, never refused."""
    hold(commitment)
    side = side_of(commitment, by)
    outside = commitment.status == CommitmentStatus.CONDITIONS_UNMET
    if outside and side != COMPANY:
        raise RuleBroken(f"« {DECLARE.label} » n’est pas de votre ressort.", code="role")
    if not outside:
        check(DECLARE, commitment, role=side)
    _check_facts(facts)
    _set_aside_the_last(commitment, by)
    said = dataclasses.asdict(facts)
    if facts.kind == Kind.CDI:
        said["ends_on"] = None
    said["carrier_siret"] = check_siret(facts.carrier_siret) if facts.carrier else ""
    if not facts.carrier:
        said["carrier_name"] = ""
    contract = Contract(commitment=commitment, is_outside_promise=outside, declared_by=by, **said)
    is_temp = facts.kind == Kind.TEMP
    judge_by_promise(contract, [(facts.starts_on, facts.ends_on)] if is_temp else [])
    with constraints_speak(Contract):
        contract.save()
    if is_temp:
        contract.missions.create(starts_on=facts.starts_on, ends_on=facts.ends_on, said_by=by)
    contract.record(DECLARE_CONTRACT, role=side, by=by, data={"is_kept": contract.is_kept})
    if not outside:
        apply(DECLARE, commitment, role=side, by=by, data={"contract": contract.pk})
    for message in emails.contract_declared(whole(commitment), contract):
        post(message)
    logger.info("contract declared", extra={"contract": contract.pk, "is_kept": contract.is_kept})
    return contract


def _check_facts(facts: Facts) -> None:
    if facts.kind not in Kind.values:
        raise RuleBroken("Choisissez le contrat dans la liste.", code="kind")
    if facts.kind != Kind.CDI and facts.ends_on is None:
        raise RuleBroken("Dites le dernier jour du contrat.", code="ends_on")
    check_near(facts.starts_on)
    check_last(facts.starts_on, None if facts.kind == Kind.CDI else facts.ends_on)
    if facts.carrier and not facts.carrier_name.strip():
        raise RuleBroken("Dites qui est l’employeur, avec son SIRET.", code="carrier_name")


def _set_aside_the_last(commitment: Commitment, by: User) -> None:
    """A correction replaces what waits; both stay readable. A settled one is settled."""
    for contract in Contract.objects.of_commitment(commitment).open():
        contract.lock()
        apply(REPLACE, contract, role=COMPANY, by=by)
        close_tasks(contract)


def follow_ended(commitment: Commitment, by: User | None) -> None:
    """Broken or withdrawn while a contract waits for an answer: nothing waits any more."""
    if commitment.status == CommitmentStatus.HIRED:
        return
    for contract in Contract.objects.of_commitment(commitment).open():
        contract.lock()
        apply(DROP, contract, role=SYSTEM, by=None)
        close_tasks(contract)


def judge_by_promise(contract: Contract, missions: Iterable[Mission | Period]) -> None:
    """By the signed promise, and by the latest date that both signed last. The caller saves."""
    promise = HiringPromise.objects.get(commitment=contract.commitment_id)
    judge(contract, promise, missions, latest=contract.commitment.starts_by)


@transaction.atomic
def add_mission(contract: Contract, *, starts_on: dt.date, ends_on: dt.date, by: User) -> Mission:
    """Another temp mission: they are added up, six months within nine."""
    commitment = contract.commitment
    hold_both(contract)
    side = side_of(commitment, by)
    move = ADD_MISSION.get(contract.status, ADD_MISSION[ContractStatus.DECLARED])
    check(move, contract, role=side)
    if contract.kind != Kind.TEMP:
        raise RuleBroken("Seul un contrat d’intérim a des missions.", code="kind")
    check_near(starts_on)
    check_last(starts_on, ends_on)
    with constraints_speak(Mission):
        mission = contract.missions.create(starts_on=starts_on, ends_on=ends_on, said_by=by)
    missions = list(contract.missions.all())
    contract.starts_on = min(it.starts_on for it in missions)
    contract.ends_on = max(it.ends_on for it in missions)
    judge_by_promise(contract, missions)
    apply(move, contract, role=side, by=by, data={"is_kept": contract.is_kept})
    for message in emails.mission_added(whole(commitment), contract, mission):
        post(message)
    return mission


@transaction.atomic
def confirm_contract(contract: Contract, *, by: User) -> None:
    """« C’est bien ce contrat. » The path is at its end: hired."""
    commitment = contract.commitment
    hold_both(contract)
    side = side_of(commitment, by)
    check_is_the_one(contract)
    check(CONFIRM, contract, role=side)
    if not contract.is_outside_promise:
        check(HIRE, commitment, role=side)
    _settle(contract, CONFIRM, role=side, by=by)


@transaction.atomic
def take_one_sided(contract: Contract) -> None:
    """Thirty days without an answer: counted as « déclaré par un seul côté », and shown so.

    The sweep holds the contract and the project (`watch.end_confirmation`).
    """
    contract.commitment.refresh_from_db()
    check(TAKE_ONE_SIDED, contract, role=SYSTEM)
    _settle(contract, TAKE_ONE_SIDED, role=SYSTEM, by=None)


def _settle(contract: Contract, move: Transition, *, role: str, by: User | None) -> None:
    commitment = contract.commitment
    contract.answered_at = timezone.now() if by else None
    with constraints_speak(Contract):
        apply(move, contract, role=role, by=by, data={"is_kept": contract.is_kept})
    if not contract.is_outside_promise:
        ending.end(commitment, HIRE, role=role, by=by, reason="", words="", note="")
    close_tasks(contract)
    for message in emails.hired(whole(commitment), contract):
        post(message)
    logger.info("contract settled", extra={"contract": contract.pk, "how": move.name})


def hold_both(contract: Contract) -> None:
    """The project first, then the contract: the order of the house."""
    commitment = contract.commitment
    hold(commitment)
    contract.lock()
    contract.commitment = commitment


def check_is_the_one(contract: Contract) -> None:
    """The company may have declared another one while the person read this one."""
    if contract.status == ContractStatus.REPLACED:
        raise RuleBroken("Le contrat a changé pendant que vous lisiez : relisez-le.", code="changed")


def may_answer(contract: Contract, user: User) -> bool:
    """Is it this person's contract?"""
    try:
        return side_of(contract.commitment, user) == CANDIDATE
    except PermissionDenied:
        return False


def task_key(contract: Contract) -> str:
    return f"contract/{contract.pk}/disputed"


def close_tasks(contract: Contract) -> None:
    for task in AgentTask.objects.open().filter(unique_key__startswith=task_key(contract)):
        close_agent_task(task, by=None, outcome="La situation a changé.")
