"""What the end of a project does to the training under way."""

from typing import Any

from accounts.roles import COMPANY
from commitments.courses import checkins, internships
from commitments.projects.models import Commitment
from commitments.projects.workflow import CommitmentStatus
from commitments.seats.models import SeatRequest


def ended(commitment: Commitment, by: Any) -> None:
    """The company is asked nothing any more; a training that goes on keeps its own internships to say."""
    goes_on = commitment.status == CommitmentStatus.BROKEN_BY_COMPANY
    for request in SeatRequest.objects.filter(commitment=commitment).order_by("pk"):
        checkins.skip(request, *([COMPANY] if goes_on else []))
        internships.cancel_to_come(request)
