"""The messages from the training's end to the contract: who gets what. Nothing is sent here."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import ADVISOR, CANDIDATE, COMPANY
from commitments.contracts.models import ConditionCheck, Contract, Mission
from commitments.contracts.versions import as_the_person_says, version_of
from commitments.projects.emails import about_words
from commitments.projects.freezing import contract_words
from commitments.projects.halves import Condition
from commitments.projects.models import Commitment
from commitments.projects.rules import euros, hours
from commitments.projects.workflow import LIVE
from core import french
from core.outbox import Message
from immersions.applications.alternatives import alternatives_to, in_words
from immersions.offers.models import Contract as Kind
from immersions.stays.people import advisors_of
from territories.delays import wait_in


# --- The training's end --------------------------------------------------------------------------
def condition_to_confirm(
    commitment: Commitment, asked: Iterable[ConditionCheck], *, number: int = 0
) -> list[Message]:
    """To both sides: a document is missing; reminded under the same words."""
    conditions = [condition_words(commitment, it.condition) for it in asked]
    about = {"conditions": conditions, "number": number, "link": _link("conditions", commitment)}
    change = f"conditions/{number}"
    return [
        to_candidate(commitment, "condition_to_confirm", change, **about),
        *to_company(commitment, "condition_to_confirm", change, **about),
    ]


def to_confirm(commitment: Commitment) -> list[Message]:
    about = _promised(commitment)
    return _to_all(
        commitment,
        "to_confirm",
        _now(commitment, "to_confirm"),
        **about,
        candidate_link=_link("answer", commitment),
    )


def answer_reminder(commitment: Commitment, *, number: int) -> list[Message]:
    about = _promised(commitment) | {"link": _link("answer", commitment)}
    return [
        to_candidate(
            commitment, "answer_reminder", f"{_now(commitment, 'answer_reminder')}/{number}", **about
        )
    ]


def conditions_unmet(commitment: Commitment, missing: Iterable[str]) -> list[Message]:
    """Nobody's fault, and a next step for each."""
    conditions = [condition_words(commitment, it) for it in missing]
    return _to_all(
        commitment,
        "conditions_unmet",
        _now(commitment, "conditions_unmet"),
        conditions=conditions,
        link=_link("end", commitment),
        candidate_ways=_ways(commitment),
    )


def _now(commitment: Commitment, what: str) -> str:
    """A result that is corrected is concluded again."""
    return f"{what}/{commitment.status_since.strftime('%Y%m%d%H%M%S%f')}"


def accepted(commitment: Commitment) -> list[Message]:
    return _to_all(
        commitment, "accepted", "accepted", **_promised(commitment), company_link=_link("declare", commitment)
    )


def contract_reminder(commitment: Commitment, *, number: int) -> list[Message]:
    since = commitment.waiting_since.strftime("%Y%m%d%H%M%S")
    link = _link("declare", commitment)
    return to_company(commitment, "contract_reminder", f"contract_reminder/{since}/{number}", link=link)


def declined(commitment: Commitment) -> list[Message]:
    about: dict[str, Any] = {
        "reason": commitment.get_end_reason_display(),
        "words": commitment.end_words,
        "by_silence": commitment.ended_by != CANDIDATE,
        "days": _days(commitment, "yes"),
        "link": _link("end", commitment),
    }
    return _to_all(commitment, "declined", "declined", **about, candidate_ways=_ways(commitment))


# --- The contract --------------------------------------------------------------------------------
def contract_declared(commitment: Commitment, contract: Contract) -> list[Message]:
    about = _declared(contract) | _to_confirm(commitment, contract, number=0)
    return [to_candidate(commitment, "contract_declared", f"contract/{contract.pk}/declared", **about)]


def confirm_reminder(commitment: Commitment, contract: Contract, *, number: int) -> list[Message]:
    about = _declared(contract) | _to_confirm(commitment, contract, number=number)
    return [to_candidate(commitment, "contract_declared", f"contract/{contract.pk}/{number}", **about)]


def contract_disputed(commitment: Commitment, contract: Contract) -> list[Message]:
    about = _disputed(commitment, contract, number=0)
    return _to_all(commitment, "contract_disputed", f"contract/{contract.pk}/disputed", **about)


def dispute_reminder(commitment: Commitment, contract: Contract, *, number: int) -> list[Message]:
    about = _disputed(commitment, contract, number=number)
    return to_company(commitment, "contract_disputed", f"contract/{contract.pk}/disputed/{number}", **about)


def contract_settled(
    commitment: Commitment, contract: Contract, decided: Contract | None, *, truth: str, words: str
) -> list[Message]:
    """To all: what an agent held for true, or that nobody settled it."""
    is_over = decided is not None and commitment.status not in LIVE
    about = _declared(decided or contract) | {
        "truth": truth,
        "words": words,
        "link": _link("end" if is_over else "contract", commitment),
    }
    return _to_all(commitment, "contract_settled", f"contract/{contract.pk}/settled", **about)


def mission_added(commitment: Commitment, contract: Contract, mission: Mission) -> list[Message]:
    about = {
        "mission": french.period(mission.starts_on, mission.ends_on),
        "is_kept": contract.is_kept,
        "link": _link("contract", commitment),
    }
    return [to_candidate(commitment, "mission_added", f"mission/{mission.pk}", **about)]


def hired(commitment: Commitment, contract: Contract) -> list[Message]:
    """To both and the advisor: the path is at its end, and how it is counted."""
    about = _declared(contract) | {
        "is_one_sided": contract.answered_at is None,
        "days": _days(commitment, "confirmation"),
        "link": _link("end", commitment),
    }
    return _to_all(commitment, "hired", f"contract/{contract.pk}/hired", **about)


# --- Words ---------------------------------------------------------------------------------------
def condition_words(commitment: Commitment, condition: str) -> str:
    """« Obtenir la certification : Titre professionnel maçon »."""
    promise = commitment.promise
    more = {Condition.CERTIFIED: promise.certification, Condition.LICENCE: promise.licence}
    label = Condition(condition).label
    said = more.get(Condition(condition))
    return f"{label} : {said}" if said else str(label)


def facts_words(contract: Contract) -> str:
    """« CDD, du lundi 4 janvier au vendredi 2 juillet 2027, 35 h par semaine, 1 950 € brut par mois »."""
    when = (
        f"à partir du {french.day(contract.starts_on, year=True)}"
        if contract.ends_on is None
        else f"du {french.day(contract.starts_on, year=True)} au {french.day(contract.ends_on, year=True)}"
    )
    employer = f", employeur : {contract.carrier_name}" if contract.carrier else ""
    return (
        f"{Kind(contract.kind).label}, {when}, {hours(contract.hours_weekly)} par semaine, "
        f"{euros(contract.pay_gross_monthly)} brut par mois{employer}"
    )


def promised_words(commitment: Commitment) -> str:
    promise = commitment.promise
    return (
        f"{contract_words(promise)}, {hours(promise.hours_weekly)} par semaine, "
        f"{euros(promise.pay_gross_monthly)} brut par mois"
    )


def answer_by(commitment: Commitment) -> dt.date:
    """The last day to say yes."""
    return timezone.localdate(commitment.waiting_since) + dt.timedelta(days=_days(commitment, "yes") - 1)


def confirm_by(commitment: Commitment, since: dt.datetime) -> dt.date:
    """The last day to say that a declared contract is right, or is not."""
    return timezone.localdate(since) + dt.timedelta(days=_days(commitment, "confirmation") - 1)


def _days(commitment: Commitment, name: str) -> int:
    return wait_in(commitment.department_code, name).end or 1


def _promised(commitment: Commitment) -> dict[str, Any]:
    return {
        "promised": promised_words(commitment),
        "answer_by": french.day(answer_by(commitment), weekday=True),
        "starts_by": french.day(commitment.starts_by, year=True) if commitment.starts_by else "",
    }


def _declared(contract: Contract) -> dict[str, Any]:
    return {
        "facts": facts_words(contract),
        "is_kept": contract.is_kept,
        "is_outside": contract.is_outside_promise,
        "shortfalls": contract.reasons,
    }


def _disputed(commitment: Commitment, contract: Contract, *, number: int) -> dict[str, Any]:
    said = version_of(contract)
    return _declared(contract) | {
        "number": number,
        "reason": contract.get_dispute_reason_display(),
        "words": contract.dispute_words,
        "version": facts_words(as_the_person_says(contract, said)) if said else "",
        "link": _link("contract", commitment),
    }


def _to_confirm(commitment: Commitment, contract: Contract, *, number: int) -> dict[str, Any]:
    return {
        "link": _link("contract", commitment),
        "number": number,
        "days": _days(commitment, "confirmation"),
    }


def _ways(commitment: Commitment) -> dict[str, Any]:
    """Never a bare no: offers of the same trade near home."""
    offers = settings.SITE_URL + reverse("immersions:offers")
    return {
        "alternatives": in_words(alternatives_to(commitment.offer, commitment.candidate)),
        "search_url": f"{offers}?metier={commitment.offer.occupation_id or ''}",
    }


def _link(page: str, commitment: Commitment) -> str:
    return settings.SITE_URL + reverse(f"commitments:{page}", args=[commitment.pk])


# --- Who -----------------------------------------------------------------------------------------
def _to_all(
    commitment: Commitment,
    kind: str,
    change: str,
    *,
    candidate_ways: dict[str, Any] | None = None,
    candidate_link: str = "",
    company_link: str = "",
    **about: Any,
) -> list[Message]:
    """The person, the company, whoever accompanies them."""
    theirs = about | (candidate_ways or {}) | ({"link": candidate_link} if candidate_link else {})
    ours = about | ({"link": company_link} if company_link else {})
    return [
        to_candidate(commitment, kind, change, **theirs),
        *to_company(commitment, kind, change, **ours),
        *to_advisors(commitment, kind, change, **about),
    ]


def to_candidate(commitment: Commitment, kind: str, change: str, **about: Any) -> Message:
    user = commitment.candidate.user
    return message(commitment, kind, f"{change}/candidate", user, to_role=CANDIDATE, **about)


def to_company(commitment: Commitment, kind: str, change: str, **about: Any) -> list[Message]:
    members = commitment.company.confirmed_members().order_by("pk")
    return [message(commitment, kind, f"{change}/c{it.pk}", it, to_role=COMPANY, **about) for it in members]


def to_advisors(commitment: Commitment, kind: str, change: str, **about: Any) -> list[Message]:
    users = advisors_of(commitment.application)
    return [message(commitment, kind, f"{change}/a{it.pk}", it, to_role=ADVISOR, **about) for it in users]


def message(commitment: Commitment, kind: str, change: str, to: User, **about: Any) -> Message:
    return Message(
        kind=f"commitments/{kind}",
        to=to.email,
        to_user=to,
        key=f"commitment/{commitment.pk}/{change}",
        scope=commitment.department_code,
        context={**about_words(commitment), "search_url": "", "alternatives": [], **about},
    )
