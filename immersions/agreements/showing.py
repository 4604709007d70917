"""An agreement as its pages show it: how far each part is, who has signed, what one may do."""

from typing import Any

from accounts.models import User
from accounts.roles import ADVISOR, CANDIDATE, COMPANY
from immersions.agreements import prescriber, steps
from immersions.agreements.models import Agreement, AgreementVersion, Party, SignatoryRole, Signature
from immersions.agreements.reading import findings_of
from immersions.agreements.sides import party_of
from immersions.agreements.sign_actions import RECORDS
from immersions.agreements.workflow import REFUSE, WAITS_FOR_SIGNATURES, AgreementStatus

BASES = {
    CANDIDATE: "spaces/candidate_base.html",
    COMPANY: "spaces/company_base.html",
    ADVISOR: "spaces/advisor_base.html",
}
KINDS = {
    "draft": "due",
    "to_sign": "due",
    "signed": "due",
    "validated": "good",
    "refused": "bad",
    "void": "off",
}


def last_version(agreement: Agreement) -> AgreementVersion | None:
    """The last text that was frozen, even if it is being changed."""
    return max(agreement.versions.all(), key=lambda version: version.number, default=None)


def signature_of(version: AgreementVersion | None, role: str) -> Signature | None:
    if version is None:
        return None
    return next((it for it in version.signatures.all() if it.role == role), None)


def waits_for(agreement: Agreement, party: str) -> bool:
    """Is this party's own signature still missing?"""
    is_open = agreement.status in WAITS_FOR_SIGNATURES
    return is_open and signature_of(agreement.version, party) is None


def page_of(agreement: Agreement, user: User) -> dict[str, Any]:
    """The context that all its pages share."""
    party = party_of(agreement, user)
    application = agreement.application
    return {
        "agreement": agreement,
        "application": application,
        "offer": application.offer,
        "party": party,
        "base": BASES[party],
        "slots": application.slots,
        "full_name": application.candidate.user.get_full_name(),
        "company_name": application.offer.company.name,
        "kind": KINDS[agreement.status],
        "is_open": application.status == "booked",
        "made_there": agreement.made_there,
    }


def overview_of(agreement: Agreement, user: User) -> dict[str, Any]:
    """The page itself."""
    context = page_of(agreement, user)
    party, version = context["party"], agreement.version
    mine = [_line(agreement, step) for step in steps.steps_of(agreement, party)]
    waits = waits_for(agreement, party)
    return {
        **context,
        "version": version,
        "mine": mine,
        "next_step": steps.next_step(agreement, party) if agreement.status == "draft" else None,
        "others": [_progress(agreement, other) for other in Party.values if other != party],
        "signatories": signatories_of(agreement, version),
        "waits_for_me": waits,
        "has_structure": prescriber.structure_of(agreement) is not None,
        "may_record": bool(version)
        and agreement.status in WAITS_FOR_SIGNATURES
        and bool(recordable(agreement, party)),
        "may_refuse": party == ADVISOR and REFUSE.is_possible_from(agreement.status),
        "may_change": agreement.status in WAITS_FOR_SIGNATURES,
    }


def _line(agreement: Agreement, step: steps.Step) -> dict[str, Any]:
    """One page of one's own part; `to_repair` in the rules' own words."""
    is_draft = agreement.status == AgreementStatus.DRAFT
    written = steps.is_written(agreement, step)
    repair = steps.to_repair(agreement, step, findings_of(agreement)) if is_draft and written else []
    return {"step": step, "is_written": written, "to_repair": [finding.sentence for finding in repair]}


def _progress(agreement: Agreement, party: str) -> dict[str, Any]:
    pages = steps.steps_of(agreement, party)
    done = sum(steps.is_written(agreement, page) for page in pages)
    is_known = party == ADVISOR and all(
        prescriber.known_of(agreement).get(it) for it in steps.STRUCTURE.needs
    )
    return {"label": Party(party).label, "is_done": done == len(pages) or is_known}


def signatories_of(agreement: Agreement, version: AgreementVersion | None) -> list[dict[str, Any]]:
    """Who signs, in the order of the text, and the signature of who has."""
    if version is None:
        return []
    return [
        {
            "label": signatory.get_role_display(),
            "name": ((signature := signature_of(version, signatory.role)) and signature.name)
            or signatory.name,
            "signature": signature,
        }
        for signatory in agreement.needed_signatories
    ]


def recordable(agreement: Agreement, party: str) -> list[tuple[str, str]]:
    """Whose signature on paper this party may record now."""
    version = agreement.version
    return [
        (signatory.role, f"{signatory.name} ({SignatoryRole(signatory.role).label.lower()})")
        for signatory in agreement.needed_signatories
        if signatory.role in RECORDS[party] and signature_of(version, signatory.role) is None
    ]
