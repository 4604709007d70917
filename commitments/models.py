"""The tables of this room live in its alcoves: Django finds them here."""

from commitments.projects.models import (
    Commitment,
    CommitmentEvent,
    HiringPromise,
    LegalMinimum,
    TrainingPledge,
)
from commitments.seats.models import (
    Meeting,
    ProjectValidation,
    ProjectValidationEvent,
    SeatRequest,
    SeatRequestEvent,
)

__all__ = [
    "Commitment",
    "CommitmentEvent",
    "HiringPromise",
    "LegalMinimum",
    "Meeting",
    "ProjectValidation",
    "ProjectValidationEvent",
    "SeatRequest",
    "SeatRequestEvent",
    "TrainingPledge",
]
