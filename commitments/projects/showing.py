"""A project as its pages show it: how far each half is, who has signed, what one may do."""

from typing import Any

from django.utils import timezone

from accounts.models import User
from accounts.roles import ADVISOR, AGENT, CANDIDATE, COMPANY, ORGANISATION
from commitments.projects import posts, steps
from commitments.projects.actions import may_propose
from commitments.projects.changes import changes_of
from commitments.projects.freezing import (
    conditions_words,
    contract_words,
    employer_of,
    is_whole,
    last_version,
)
from commitments.projects.models import Commitment, Side
from commitments.projects.papers import RECORDS
from commitments.projects.pdf import version_in_force
from commitments.projects.rules import risen_minimum
from commitments.projects.sides import side_of
from commitments.projects.texts import Amendment, CommitmentVersion
from commitments.projects.workflow import (
    BREAK,
    HIRE_EARLY,
    HOLDS_POST,
    PROPOSE_AMENDMENT,
    SET_ASIDE,
    WITHDRAW,
    CommitmentStatus,
)

BASES = {
    CANDIDATE: "spaces/candidate_base.html",
    COMPANY: "spaces/company_base.html",
    ADVISOR: "spaces/advisor_base.html",
    ORGANISATION: "base.html",
    AGENT: "base.html",
}
S = CommitmentStatus
NOBODY = "la personne"  # Whose account is gone: the company keeps what it signed.
SIGNS = {CANDIDATE: "qui se forme", COMPANY: "pour l’employeur"}
BAD = (S.BROKEN_BY_COMPANY, S.NO_SEAT, S.DROPPED_OUT)


def kind_of(commitment: Commitment) -> str:
    if commitment.status in HOLDS_POST:
        return "good"
    if commitment.status == S.PROPOSED:
        return "due"
    return "bad" if commitment.status in BAD else "off"


def open_amendment(commitment: Commitment) -> Amendment | None:
    return next((it for it in commitment.amendments.all() if it.is_open), None)


def text_waiting(commitment: Commitment) -> CommitmentVersion | None:
    """The text that waits for signatures: the first one, or a change."""
    if commitment.status == S.PROPOSED:
        return last_version(commitment) if is_whole(commitment) else None
    amendment = open_amendment(commitment)
    return last_version(commitment) if amendment and commitment.status in PROPOSE_AMENDMENT else None


def has_signed(version: CommitmentVersion | None, side: str) -> bool:
    return version is not None and any(it.role == side for it in version.signatures.all())


def waits_for(commitment: Commitment, side: str) -> bool:
    """Is this side's own signature missing, and its to give? A carrier signs by its own link."""
    version = text_waiting(commitment)
    if version is None or side not in Side.values or has_signed(version, side):
        return False
    is_carried = side == COMPANY and commitment.promise.carrier != ""
    return is_in_time(commitment) and not is_carried


def is_in_time(commitment: Commitment) -> bool:
    """May what waits for signatures still be signed today?"""
    if commitment.status == S.PROPOSED:
        return commitment.expires_on >= timezone.localdate()
    amendment = open_amendment(commitment)
    return amendment is not None and amendment.is_in_time


def link_waits_for(commitment: Commitment, role: str) -> bool:
    """Does the mailed link still lead to something to sign? Then, and only then, it shows the text."""
    version = text_waiting(commitment)
    return version is not None and is_in_time(commitment) and not has_signed(version, role)


def has_just_signed(commitment: Commitment, role: str) -> bool:
    """This side has done its part of the newest text, which waits for the other one or binds."""
    newest = last_version(commitment)
    is_on = commitment.status == S.PROPOSED or commitment.is_live
    alive = newest is not None and newest in (text_waiting(commitment), version_in_force(commitment))
    return is_on and alive and has_signed(newest, role)


def recordable(commitment: Commitment, side: str) -> list[tuple[str, str]]:
    """Whose signature on paper this side may lay down now."""
    version = text_waiting(commitment)
    if version is None or not is_in_time(commitment):
        return []
    people: Any = commitment.signatories.all()
    return [
        (it.role, f"{it.name} ({it.get_role_display().lower()})")
        for it in sorted(people, key=lambda it: it.role)
        if it.is_needed and it.role in RECORDS.get(side, ()) and not has_signed(version, it.role)
    ]


def page_of(commitment: Commitment, user: User) -> dict[str, Any]:
    """The context that all its pages share."""
    side = side_of(commitment, user)
    return {
        "commitment": commitment,
        "promise": commitment.promise,
        "pledge": commitment.pledge,
        "session": commitment.pledge.session,
        "side": side,
        "is_candidate": side == CANDIDATE,
        "is_company": side == COMPANY,
        "base": BASES[side],
        "first_name": commitment.candidate.user.first_name or NOBODY,
        "full_name": commitment.candidate.user.get_full_name() or NOBODY,
        "company_name": commitment.company.name,
        "kind": kind_of(commitment),
        "status": commitment.status_for(side),
    }


def overview_of(commitment: Commitment, user: User) -> dict[str, Any]:
    """The page itself."""
    context = page_of(commitment, user)
    side, version = context["side"], text_waiting(commitment)
    is_proposed = commitment.status == S.PROPOSED
    amendment = open_amendment(commitment)
    return {
        **context,
        "is_proposed": is_proposed,
        "is_whole": is_whole(commitment),
        "lines": [
            {"step": step, "is_written": step.slug in commitment.promise.steps} for step in steps.STEPS
        ],
        "next_step": steps.next_step(commitment) if is_proposed else None,
        "version": version,
        "in_force": version_in_force(commitment),
        "amendment": amendment,
        "changes": changes_of(commitment, amendment) if amendment else [],
        "conditions": conditions_words(commitment.promise),
        "contract": contract_words(commitment.promise),
        "employer": employer_of(commitment.promise),
        "signers": signers_of(commitment, version or version_in_force(commitment)),
        "waits_for_me": waits_for(commitment, side),
        "may_record": bool(recordable(commitment, side)),
        "may_see_papers": side in RECORDS,
        "risen_minimum": risen_minimum(commitment.promise) if is_proposed and version else None,
        "no_post_left": is_proposed and version is not None and not posts.free_posts(commitment),
        "carrier_signs": bool(version)
        and commitment.promise.carrier != ""
        and not has_signed(version, COMPANY),
        **{f"may_{name}": _may(move, commitment, side) for name, move in ENDINGS.items()},
        "training_is": _training_is(commitment),
        "may_propose_again": commitment.status == S.EXPIRED
        and side in Side.values
        and may_propose(commitment.application),
        "may_amend": side in Side.values and commitment.status in PROPOSE_AMENDMENT and amendment is None,
    }


def _training_is(commitment: Commitment) -> str:
    """« to_come », « on », « over », by its dates: what an end of the project leaves of it."""
    today, first, last = timezone.localdate(), commitment.training_starts_on, commitment.training_ends_on
    if first is None or first > today:
        return "to_come"
    return "over" if last is not None and last < today else "on"


ENDINGS = {"set_aside": SET_ASIDE, "break": BREAK, "withdraw": WITHDRAW, "hire_early": HIRE_EARLY}


def is_too_late(name: str, commitment: Commitment, side: str) -> bool:
    """For this page, there is nothing left to decide."""
    if name == "amend":
        return commitment.status not in PROPOSE_AMENDMENT or open_amendment(commitment) is not None
    return name in ENDINGS and not _may(ENDINGS[name], commitment, side)


def _may(move: Any, commitment: Commitment, side: str) -> bool:
    return side in Side.values and move.is_possible_from(commitment.status) and move.may_be_done_by(side)


def signers_of(commitment: Commitment, version: CommitmentVersion | None) -> list[dict[str, Any]]:
    """Who signs, and the signature of who has."""
    if version is None:
        return []
    signed = {it.role: it for it in version.signatures.all()}
    people = sorted(commitment.signatories.all(), key=lambda it: it.role)
    return [
        {
            "label": SIGNS.get(it.role, it.get_role_display()),
            "name": signed[it.role].name if it.role in signed else it.name,
            "signature": signed.get(it.role),
        }
        for it in people
        if it.is_needed or it.role in signed
    ]
