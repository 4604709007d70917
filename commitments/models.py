"""The tables of this room live in its alcoves: Django finds them here."""

from commitments.contracts.models import ConditionCheck, Contract, ContractEvent, Mission
from commitments.contracts.versions import CandidateVersion
from commitments.courses.internship_models import Internship, InternshipChange, InternshipDocument
from commitments.courses.models import (
    CheckIn,
    CheckInEvent,
    Concern,
    ConcernEvent,
    CourseNotice,
    CourseResult,
    CourseWord,
    TrainingAbsence,
)
from commitments.followups.models import FollowUp, FollowUpAnswer, FollowUpEvent
from commitments.gaps.models import TaughtSkill
from commitments.parcours.models import PathAccess, PathShare
from commitments.projects.halves import HiringPromise, LegalMinimum, TrainingPledge
from commitments.projects.models import Commitment, CommitmentEvent
from commitments.projects.texts import (
    Amendment,
    AmendmentEvent,
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
    "AmendmentEvent",
    "CandidateVersion",
    "CheckIn",
    "CheckInEvent",
    "Commitment",
    "CommitmentEvent",
    "CommitmentSignatory",
    "CommitmentSignature",
    "CommitmentSigningCode",
    "CommitmentVersion",
    "Concern",
    "ConcernEvent",
    "ConditionCheck",
    "Contract",
    "ContractEvent",
    "CourseNotice",
    "CourseResult",
    "CourseWord",
    "FollowUp",
    "FollowUpAnswer",
    "FollowUpEvent",
    "HiringPromise",
    "Internship",
    "InternshipChange",
    "InternshipDocument",
    "LegalMinimum",
    "Meeting",
    "Mission",
    "PathAccess",
    "PathShare",
    "ProjectValidation",
    "ProjectValidationEvent",
    "PromiseWording",
    "SeatRequest",
    "SeatRequestEvent",
    "TaughtSkill",
    "TrainingAbsence",
    "TrainingPledge",
]
