"""Where the seat stands, on the page of a project, which does not know the seats."""

from typing import Any

from django import template

from accounts.roles import CANDIDATE, COMPANY
from commitments.projects.models import Commitment
from commitments.projects.workflow import CommitmentStatus
from commitments.seats.models import SeatRequest
from commitments.seats.workflow import LIVE, ProjectStatus, SeatStatus

register = template.Library()


@register.inclusion_tag("commitments/seats/box.html")
def seat_box(commitment: Commitment, side: str) -> dict[str, Any]:
    """Asked for, given, or lost: whose move it is. Nothing once the training has begun."""
    if commitment.status != CommitmentStatus.SEALED:
        return {"seat": None}
    asked = SeatRequest.objects.filter(commitment=commitment).select_related("validation")
    seat = asked.order_by("-pk").first()
    validation = seat.validation.status if seat else ""
    return {
        "seat": seat,
        "commitment": commitment,
        "is_candidate": side == CANDIDATE,
        "is_company": side == COMPANY,
        "is_lost": seat is not None and seat.status not in LIVE,
        "is_admitted": seat is not None and seat.status == SeatStatus.ADMITTED,
        "is_validated": validation == ProjectStatus.VALIDATED,
        "is_not_validated": validation == ProjectStatus.NOT_VALIDATED,
    }
