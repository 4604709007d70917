"""What a project does to its seat: sealing asks and holds, another session moves it, an end gives it back."""

from typing import Any

from commitments.projects.models import Commitment
from commitments.projects.workflow import CommitmentStatus
from commitments.seats.actions import release_seat, release_seat_of, request_seat
from commitments.seats.models import ProjectValidation, SeatRequest
from commitments.seats.workflow import ProjectStatus, SeatStatus
from trainings.models import Session


def sealed(commitment: Commitment, by: Any) -> None:
    request_seat(commitment.candidate, commitment.pledge.session, commitment=commitment, by=by)


def amended(commitment: Commitment, before: Session, by: Any) -> None:
    """The old seat goes back, the new one is held: both, or neither."""
    session = commitment.pledge.session
    release_seat_of(commitment, by=by, why="amended")
    keeps = _validated_before(commitment, session)
    request_seat(commitment.candidate, session, commitment=commitment, by=by, keeps=keeps)


def _validated_before(commitment: Commitment, session: Session) -> ProjectValidation | None:
    """The same training at another date: what the advisor has checked stays checked."""
    return ProjectValidation.objects.filter(
        seat_request__commitment=commitment,
        seat_request__session__action__training=session.action.training_id,
        status=ProjectStatus.VALIDATED,
    ).last()


def ended(commitment: Commitment, by: Any) -> None:
    """A company that breaks its promise does not take anybody out of a training that has begun."""
    why = "hired" if commitment.status == CommitmentStatus.HIRED_EARLY else "ended"
    stays = commitment.status == CommitmentStatus.BROKEN_BY_COMPANY
    for request in SeatRequest.objects.live().filter(commitment=commitment).order_by("pk"):
        if not (stays and request.status == SeatStatus.ENTERED):
            release_seat(request, by=by, why=why)
