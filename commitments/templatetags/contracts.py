"""What comes after the training, on the page of a project, which does not know the contracts."""

from typing import Any

from django import template

from accounts.roles import ADVISOR, CANDIDATE, COMPANY
from commitments.contracts.emails import answer_by
from commitments.contracts.models import ConditionCheck
from commitments.contracts.showing import end_after, last_of
from commitments.contracts.workflow import ContractStatus
from commitments.followups.models import FollowUp
from commitments.followups.queries import HIRED
from commitments.projects.exits import ENDED
from commitments.projects.models import Commitment
from commitments.projects.workflow import CommitmentStatus

register = template.Library()
S = CommitmentStatus


@register.inclusion_tag("commitments/contracts/box.html")
def contract_box(commitment: Commitment, side: str) -> dict[str, Any]:
    """One card: what waits, for whom, by when; then the links."""
    if commitment.status not in (S.TRAINED, S.TO_CONFIRM, S.ACCEPTED, *ENDED):
        return {"shows": False}
    last = last_of(commitment)
    may_read_follow_ups = side in (CANDIDATE, ADVISOR) or (side == COMPANY and commitment.status in HIRED)
    follow_ups = FollowUp.objects.filter(commitment=commitment) if may_read_follow_ups else None
    return {
        "shows": True,
        "commitment": commitment,
        "is_candidate": side == CANDIDATE,
        "is_company": side == COMPANY,
        "is_over": commitment.status in ENDED,
        "document_waits": commitment.status == S.TRAINED
        and ConditionCheck.objects.filter(commitment=commitment, is_met=None).exists(),
        "answer_by": answer_by(commitment) if commitment.status == S.TO_CONFIRM else None,
        "contract": last,
        "is_declared": last is not None and last.status == ContractStatus.DECLARED,
        "is_disputed": last is not None and last.status == ContractStatus.DISPUTED,
        "has_follow_ups": follow_ups is not None and follow_ups.exists(),
    }


@register.simple_tag
def contract_outcome(commitment: Commitment) -> dict[str, Any]:
    """Somebody is hired: was it what was promised?"""
    contract = last_of(commitment)
    end = end_after(commitment, contract)
    return {"end": end, "shortfall": contract.shortfall if contract and end.kind != "good" else ""}
