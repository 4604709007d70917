"""What became of the person: the closed list that the follow-up asks, and that every end records.

Closing a path without an exit type is impossible: the database refuses it. Who leaves says it; when
somebody else, or a date, ends the project, it is deduced, marked as such (`exit_said_by`), and asked.
"""

from typing import TYPE_CHECKING

from django.db.models import TextChoices

from commitments.projects.workflow import CommitmentStatus
from core.workflow import SYSTEM

if TYPE_CHECKING:
    from commitments.projects.models import Commitment


class Situation(TextChoices):
    THERE = "there", "Dans l’entreprise qui m’a fait la promesse"
    ELSEWHERE = "elsewhere", "En emploi ailleurs, CDI ou 6 mois au moins"
    SHORT_JOB = "short_job", "En emploi ailleurs, moins de 6 mois"
    TRAINING = "training", "En formation"
    IAE = "iae", "En insertion (chantier, entreprise d’insertion…)"
    CIVIC_SERVICE = "civic_service", "En service civique"
    BUSINESS = "business", "À mon compte"
    LOOKING = "looking", "En recherche d’emploi"
    INACTIVE = "inactive", "Ni en emploi, ni en recherche"


IN_WORK = (Situation.THERE, Situation.ELSEWHERE, Situation.SHORT_JOB, Situation.IAE, Situation.BUSINESS)
STABLE = (Situation.THERE, Situation.ELSEWHERE, Situation.BUSINESS)

S = CommitmentStatus
ENDED = (
    S.HIRED,
    S.HIRED_EARLY,
    S.CONDITIONS_UNMET,
    S.DECLINED,
    S.DROPPED_OUT,
    S.BROKEN_BY_COMPANY,
    S.WITHDRAWN_BY_CANDIDATE,
    S.NO_SEAT,
)
# What an end or its reason says of itself; for the rest, one looks for work until one says otherwise.
BY_STATUS: dict[str, Situation] = {S.HIRED: Situation.THERE, S.HIRED_EARLY: Situation.THERE}
BY_REASON: dict[str, Situation] = {"other_job": Situation.SHORT_JOB, "other_training": Situation.TRAINING}


def note_exit(commitment: "Commitment", target: str, *, said: str = "", role: str = SYSTEM) -> None:
    """Before the end is applied: what they said, else what this end says by itself. The caller saves."""
    deduced = BY_STATUS.get(target) or BY_REASON.get(commitment.end_reason, Situation.LOOKING)
    commitment.exit_type = said or deduced
    commitment.exit_said_by = role if said else SYSTEM
