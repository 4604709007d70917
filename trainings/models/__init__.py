"""What the Region funds: who trains, what for, where, and when the next groups start."""

from trainings.models.actions import TrainingAction
from trainings.models.blocks import SkillBlock, TrainingBlock
from trainings.models.imports import CatalogueFile, CatalogueImport
from trainings.models.organisations import Source, TrainingOrganisation
from trainings.models.publics import TargetPublic
from trainings.models.seats import SessionSeats
from trainings.models.sessions import Session, SessionStatus, has_session, sessions_for
from trainings.models.told import (
    InCompanyPeriod,
    MeetingKind,
    SaidBy,
    SessionChange,
    SessionContact,
    SessionMeeting,
)
from trainings.models.trainings import Training, TrainingOccupation

__all__ = [
    "CatalogueFile",
    "CatalogueImport",
    "InCompanyPeriod",
    "MeetingKind",
    "SaidBy",
    "Session",
    "SessionChange",
    "SessionContact",
    "SessionMeeting",
    "SessionSeats",
    "SessionStatus",
    "SkillBlock",
    "Source",
    "TargetPublic",
    "Training",
    "TrainingAction",
    "TrainingBlock",
    "TrainingOccupation",
    "TrainingOrganisation",
    "has_session",
    "sessions_for",
]
