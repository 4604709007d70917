"""What time does after the training: to a document, to the candidate's answer, to the company's contract."""

import dataclasses
import datetime as dt

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from commitments.contracts import emails
from commitments.contracts.actions import decline_by_silence, whole
from commitments.contracts.declaring import take_one_sided
from commitments.contracts.disputing import ask_agent_to_settle, leave_unsettled, remind_company
from commitments.contracts.models import ConditionCheck, Contract
from commitments.contracts.workflow import CONTRACT_WORKFLOW, ContractStatus
from commitments.projects.models import Commitment
from commitments.projects.watch import Steps, nothing, when_waiting
from commitments.projects.workflow import CommitmentStatus
from commitments.waiting import of_commitment
from core import french
from core.outbox import post
from core.rules import RuleBroken
from core.waits import Watch
from core.workflow import Wait
from territories.actions import open_agent_task
from territories.delays import wait_in, waits_of

CONFIRMATION, DISPUTED = "confirmation", "dispute"


def _ask_agent(
    commitment: Commitment, kind: str, title: str, detail: str, *, about: str = "", page: str = ""
) -> None:
    it = whole(commitment)
    open_agent_task(
        f"commitment_{kind}",
        f"{title} : {it.promise.job_title}, {it.company.name}",
        key=f"commitment/{it.pk}/{kind}/{about or it.status_since.isoformat()}",
        url=settings.SITE_URL + reverse(page or "admin:commitments_commitment_change", args=[it.pk]),
        detail=detail,
        department=it.offer.commune.department,
    )


# --- Trained: a document is missing --------------------------------------------------------------
def remind_document(commitment: Commitment, *, number: int) -> None:
    asked = list(ConditionCheck.objects.filter(commitment=commitment, is_met=None))
    if asked:
        for message in emails.condition_to_confirm(whole(commitment), asked, number=number):
            post(message)


def ask_agent_for_document(commitment: Commitment) -> None:
    _ask_agent(
        commitment,
        "document",
        "Condition à confirmer",
        "Ni la personne ni l’entreprise ne dit si le permis, l’habilitation ou l’aptitude est là. "
        "Appelez-les ; vous pouvez le dire à leur place.",
        page="commitments:conditions",
    )


# --- To confirm: the person's yes ----------------------------------------------------------------
def remind_answer(commitment: Commitment, *, number: int) -> None:
    for message in emails.answer_reminder(whole(commitment), number=number):
        post(message)


def ask_agent_for_answer(commitment: Commitment) -> None:
    _ask_agent(
        commitment,
        "to_confirm",
        "Contrat promis, sans réponse de la personne",
        f"Appelez-la : sans réponse le {french.day(emails.answer_by(commitment))}, la promesse prend fin.",
    )


# --- Accepted: the company's contract ------------------------------------------------------------
def until_declared(commitment: Commitment, wait: Wait) -> Wait:
    """Nobody chases a company that has given its contract."""
    if Contract.objects.of_commitment(commitment).open().exists():  # It has steps of its own.
        return dataclasses.replace(wait, reminders=(), escalation=None)
    return wait_in(commitment.department_code, "contract")


def remind_contract(commitment: Commitment, *, number: int) -> None:
    for message in emails.contract_reminder(whole(commitment), number=number):
        post(message)


def ask_agent_for_contract(commitment: Commitment) -> None:
    _ask_agent(
        commitment,
        "accepted",
        "Contrat promis et accepté, pas encore donné",
        "L’entreprise ne répond pas à deux rappels. Appelez-la : son silence ne clôt rien.",
    )


def register_steps() -> None:
    when_waiting(
        CommitmentStatus.TRAINED,
        Steps(
            remind=remind_document,
            escalate=ask_agent_for_document,
            end=nothing,
            wait_of=waits_of("document", of_commitment),
        ),
    )
    when_waiting(
        CommitmentStatus.TO_CONFIRM,
        Steps(
            remind=remind_answer,
            escalate=ask_agent_for_answer,
            end=decline_by_silence,
            wait_of=waits_of("yes", of_commitment),
        ),
    )
    when_waiting(
        CommitmentStatus.ACCEPTED,
        Steps(remind=remind_contract, escalate=ask_agent_for_contract, end=nothing, wait_of=until_declared),
    )


# --- Declared: the person's confirmation ---------------------------------------------------------
def remind_confirmation(contract: Contract, *, number: int) -> None:
    for message in emails.confirm_reminder(whole(contract.commitment), contract, number=number):
        post(message)


def ask_agent_for_confirmation(contract: Contract) -> None:
    last = emails.confirm_by(contract.commitment, contract.waiting_since)
    _ask_agent(
        contract.commitment,
        "contract",
        "Contrat déclaré, pas encore confirmé",
        f"Appelez la personne : est-ce bien ce contrat ? Sans réponse le {french.day(last)}, il est "
        "enregistré comme déclaré par un seul côté.",
        about=str(contract.pk),
    )


def end_confirmation(contract: Contract) -> None:
    _hold_project(contract)
    take_one_sided(contract)


def _hold_project(contract: Contract) -> None:
    """The sweep holds the contract already; the house locks the project first: somebody who has it goes
    before, and the next turn comes back.
    """
    rows = Commitment._base_manager.select_for_update(skip_locked=True, of=("self",), no_key=True)
    if not rows.filter(pk=contract.commitment_id).exists():
        raise RuleBroken("Quelqu’un agit sur ce projet en ce moment.", code="busy")


# --- Contested: the company's correction, the person's word, an agent's decision -----------------
def remind(contract: Contract, *, number: int) -> None:
    (remind_confirmation if contract.status == ContractStatus.DECLARED else remind_company)(
        contract, number=number
    )


def escalate(contract: Contract) -> None:
    if contract.status == ContractStatus.DECLARED:
        ask_agent_for_confirmation(contract)
        return
    days = wait_in(contract.commitment.department_code, DISPUTED).end or 1
    last = timezone.localdate(contract.waiting_since) + dt.timedelta(days=days - 1)
    ask_agent_to_settle(contract, french.day(last))


def end(contract: Contract) -> None:
    if contract.status == ContractStatus.DECLARED:
        end_confirmation(contract)
        return
    _hold_project(contract)
    leave_unsettled(contract)


def _wait_of(contract: Contract, wait: Wait) -> Wait:
    name = CONFIRMATION if contract.status == ContractStatus.DECLARED else DISPUTED
    return wait_in(of_commitment(contract), name)


CONTRACTS = Watch(
    model=Contract,
    workflow=CONTRACT_WORKFLOW,
    remind=remind,
    escalate=escalate,
    end=end,
    wait_of=_wait_of,
)
