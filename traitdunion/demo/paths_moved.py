"""What one step of a project has written, in all its tables, to the moment of the step."""

import datetime as dt

import pgtrigger
from django.db import models

from commitments.contracts.models import ConditionCheck, Contract, ContractEvent
from commitments.courses.internship_models import Internship, InternshipChange, InternshipDocument
from commitments.courses.models import (
    CheckIn,
    CheckInEvent,
    Concern,
    ConcernEvent,
    CourseResult,
    CourseWord,
)
from commitments.followups.models import FollowUp, FollowUpAnswer, FollowUpEvent
from commitments.projects.halves import HiringPromise, TrainingPledge
from commitments.projects.models import Commitment, CommitmentEvent
from commitments.projects.texts import Amendment, AmendmentEvent, CommitmentSignature, CommitmentVersion
from commitments.seats.models import (
    ProjectValidation,
    ProjectValidationEvent,
    SeatRequest,
    SeatRequestEvent,
)
from traitdunion.demo.past import Past

# Each table, and the way from it to the project.
Tables = tuple[tuple[type[models.Model], str], ...]
WRITTEN: Tables = (
    (Commitment, "pk"),
    (CommitmentEvent, "commitment"),
    (CommitmentVersion, "commitment"),
    (CommitmentSignature, "version__commitment"),
    (HiringPromise, "commitment"),
    (TrainingPledge, "commitment"),
    (Amendment, "commitment"),
    (AmendmentEvent, "amendment__commitment"),
)
SIGNED: Tables = (
    (Commitment, "pk"),
    (CommitmentEvent, "commitment"),
    (SeatRequest, "commitment"),
    (SeatRequestEvent, "seat_request__commitment"),
    (ProjectValidation, "seat_request__commitment"),
    (ProjectValidationEvent, "validation__seat_request__commitment"),
    (CheckIn, "seat_request__commitment"),
    (CheckInEvent, "check_in__seat_request__commitment"),
    (Concern, "seat_request__commitment"),
    (ConcernEvent, "concern__seat_request__commitment"),
    (Internship, "seat_request__commitment"),
    (InternshipChange, "internship__seat_request__commitment"),
    (InternshipDocument, "internship__seat_request__commitment"),
    (CourseResult, "seat_request__commitment"),
    (CourseWord, "seat_request__commitment"),
    (ConditionCheck, "commitment"),
    (Contract, "commitment"),
    (ContractEvent, "contract__commitment"),
    (FollowUp, "commitment"),
    (FollowUpAnswer, "follow_up__commitment"),
    (FollowUpEvent, "follow_up__commitment"),
)


def move_path(past: Past, moment: dt.datetime, commitment: int, tables: Tables) -> None:
    """A frozen text keeps its words: only its date moves."""
    with pgtrigger.ignore():
        for model, way in tables:
            keys = model._default_manager.filter(**{way: commitment}).values_list("pk", flat=True)
            if keys:
                past.move(moment, model, "id", *keys)
