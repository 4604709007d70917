"""Conditions, contracts and ends as their pages show them."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.utils import timezone

from accounts.models import User
from accounts.roles import ADVISOR, CANDIDATE, COMPANY
from commitments.contracts.conditions import MET, UNMET, result_of, standing_of
from commitments.contracts.disputing import Truth
from commitments.contracts.emails import answer_by, condition_words, confirm_by, facts_words, promised_words
from commitments.contracts.ends import ENDS, KEPT, NOT_KEPT, ONE_SIDED, End
from commitments.contracts.models import ConditionCheck, Contract
from commitments.contracts.versions import SAID, as_the_person_says
from commitments.contracts.workflow import (
    ADD_MISSION,
    CONFIRM,
    DECIDE,
    DISPUTE_CONTRACT,
    FIND_NONE,
    PAST,
    ContractStatus,
)
from commitments.projects.forms import plain
from commitments.projects.models import Commitment
from commitments.projects.rules import euros, hours
from commitments.projects.sides import side_of
from commitments.projects.workflow import CommitmentStatus
from core import french
from immersions.offers.models import Contract as Kind
from territories.working_days import working_days_after

S = CommitmentStatus
WORDS = {MET: ("remplie", "good"), UNMET: ("non remplie", "bad")}
KINDS = {
    ContractStatus.DECLARED: "due",
    ContractStatus.CONFIRMED: "good",
    ContractStatus.DISPUTED: "bad",
    ContractStatus.ONE_SIDED: "due",
    ContractStatus.REPLACED: "off",
    ContractStatus.DROPPED: "off",
    ContractStatus.DECIDED: "good",
    ContractStatus.NO_CONTRACT: "off",
    ContractStatus.UNSETTLED: "bad",
}
DECISIONS = (DECIDE.name, FIND_NONE.name)
__all__ = ["facts_words", "promised_words"]


def standing_lines(commitment: Commitment, standing: dict[str, str]) -> list[dict[str, str]]:
    lines = []
    for condition, how in standing.items():
        word, kind = WORDS.get(how, ("à confirmer", "due"))
        lines.append({"what": condition_words(commitment, condition), "word": word, "kind": kind})
    return lines


def asked_lines(commitment: Commitment, asked: Iterable[ConditionCheck]) -> list[dict[str, str]]:
    return [{"condition": it.condition, "what": condition_words(commitment, it.condition)} for it in asked]


def answer_of(commitment: Commitment) -> dict[str, Any]:
    """What the person says yes or no to."""
    return {
        "promised": promised_words(commitment),
        "answer_by": answer_by(commitment),
        "starts_by": commitment.starts_by,
        "standing": standing_lines(commitment, standing_of(commitment)),
    }


def usual_contract(commitment: Commitment) -> dict[str, Any]:
    """What waits for an answer, to correct it; else what was promised, from the first day after the training."""
    names = [*SAID, "carrier", "carrier_name", "carrier_siret"]
    last = Contract.objects.of_commitment(commitment).open().first()
    if last is not None:
        return {name: plain(getattr(last, name)) for name in [*names, "reference"]}
    promise = commitment.promise
    usual = {name: plain(getattr(promise, name, None)) for name in names}
    return usual | {"kind": promise.contract, "starts_on": first_day_after_training(commitment)}


def first_day_after_training(commitment: Commitment) -> dt.date:
    ended = commitment.training_ends_on or timezone.localdate()
    return working_days_after(ended, 1, commitment.department_code)


def contracts_of(commitment: Commitment, user: User) -> dict[str, Any]:
    """Every declaration, the last first, and what this reader may do about it."""
    rows = list(
        Contract.objects.of_commitment(commitment)
        .prefetch_related("missions", "events")
        .select_related("version")
    )
    last = next((it for it in rows if it.status not in PAST), None)
    side = side_of(commitment, user)
    is_open = commitment.status in (S.ACCEPTED, S.CONDITIONS_UNMET)
    settled = last is not None and last.is_final
    return {
        "lines": [_line(it, side) for it in rows],
        "promised": promised_words(commitment),
        "may_confirm": side == CANDIDATE and last is not None and CONFIRM.is_possible_from(last.status),
        "confirm_by": confirm_by(commitment, last.waiting_since)
        if side == CANDIDATE and last is not None and last.status == ContractStatus.DECLARED
        else None,
        "may_dispute": side == CANDIDATE
        and last is not None
        and DISPUTE_CONTRACT.is_possible_from(last.status),
        "may_declare": side == COMPANY and is_open and not settled,
        "may_add": side == COMPANY
        and last is not None
        and last.kind == Kind.TEMP
        and last.status in ADD_MISSION,
        "waits": is_open and last is None,
    }


def _line(contract: Contract, side: str) -> dict[str, Any]:
    return {
        "it": contract,
        "status": contract.status_for(side),
        "facts": facts_words(contract),
        "kind": KINDS[ContractStatus(contract.status)],
        "missions": list(contract.missions.all()),
        "versions": versions_of(contract),
        "is_past": contract.status in PAST,
        "decided": _decision(contract),
    }


def _decision(contract: Contract) -> str:
    """What an agent said of the two versions; the row that they held for true stands above."""
    said = next((it for it in contract.events.all() if it.transition in DECISIONS), None)
    if said is None:
        return ""
    truth = Truth(said.data.get("truth", Truth.NONE)).label
    return f"{truth.lower()}. « {said.note} »" if said.note else f"{truth.lower()}."


def versions_of(contract: Contract) -> list[dict[str, Any]]:
    """Line by line, what each side says; nothing when the person gave no figures."""
    said = getattr(contract, "version", None)
    if said is None:
        return []
    theirs = as_the_person_says(contract, said)
    return [
        {"what": what, "company": company, "candidate": candidate, "differs": company != candidate}
        for what, words in FACTS.items()
        for company, candidate in [(words(contract), words(theirs))]
    ]


def _day(day: dt.date | None) -> str:
    return french.day(day, year=True) if day else "aucun"


FACTS: dict[str, Callable[[Contract], str]] = {
    "Type": lambda it: str(Kind(it.kind).label),
    "Premier jour": lambda it: _day(it.starts_on),
    "Dernier jour": lambda it: _day(it.ends_on),
    "Heures par semaine": lambda it: hours(it.hours_weekly),
    "Salaire brut par mois": lambda it: euros(it.pay_gross_monthly),
}


def end_of(commitment: Commitment, side: str) -> dict[str, Any]:
    """The end's own words, the contract if there is one, the ways on."""
    contract = last_of(commitment)
    it = end_after(commitment, contract)
    finished = result_of(commitment)
    return {
        "end": it,
        "next": it.to.get(side, it.to[ADVISOR]),
        "contract": contract,
        "facts": facts_words(contract) if contract else "",
        "result": finished.get_result_display() if finished else "",
        "may_declare": side == COMPANY
        and commitment.status == S.CONDITIONS_UNMET
        and (contract is None or contract.is_open),
        "unmet": [
            line["what"]
            for line in standing_lines(commitment, standing_of(commitment))
            if commitment.status == S.CONDITIONS_UNMET and line["kind"] == "bad"
        ],
        "is_good": it.kind == "good",
        "may_keep_training": side == CANDIDATE and _may_ask_again(commitment),
    }


def _may_ask_again(commitment: Commitment) -> bool:
    """The company broke its promise before the first day: the same seat may be asked for without it."""
    starts_on = commitment.training_starts_on
    is_to_come = starts_on is not None and starts_on > timezone.localdate()
    return commitment.status == S.BROKEN_BY_COMPANY and is_to_come


def last_of(commitment: Commitment) -> Contract | None:
    """The declaration that counts, if there is one."""
    return Contract.objects.of_commitment(commitment).exclude(status__in=PAST).first()


def end_after(commitment: Commitment, contract: Contract | None) -> End:
    if commitment.status != S.HIRED:
        return ENDS[S(commitment.status)]
    if contract is not None and contract.status == ContractStatus.ONE_SIDED:
        return ONE_SIDED
    return KEPT if contract is not None and contract.is_kept else NOT_KEPT
