"""The tables of this room live in its alcoves: Django finds them here."""

from commitments.projects.halves import HiringPromise, LegalMinimum, TrainingPledge
from commitments.projects.models import Commitment, CommitmentEvent
from commitments.projects.texts import (
    Amendment,
    CommitmentSignatory,
    CommitmentSignature,
    CommitmentSigningCode,
    CommitmentVersion,
    PromiseWording,
)
from commitments.seats.models import (
    Meeting,
    ProjectValidation,
    ProjectValidationEvent,
    SeatRequest,
    SeatRequestEvent,
)

__all__ = [
    "Amendment",
    "Commitment",
    "CommitmentEvent",
    "CommitmentSignatory",
    "CommitmentSignature",
    "CommitmentSigningCode",
    "CommitmentVersion",
    "HiringPromise",
    "LegalMinimum",
    "Meeting",
    "ProjectValidation",
    "ProjectValidationEvent",
    "PromiseWording",
    "SeatRequest",
    "SeatRequestEvent",
    "TrainingPledge",
]
