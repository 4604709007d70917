"""The waits of the second lifecycle that a Region may change, and where each one happens."""

from typing import Any

from commitments.contracts.workflow import CONTRACT_WORKFLOW, ContractStatus
from commitments.courses.workflow import (
    CHECK_IN_WORKFLOW,
    CONCERN_WORKFLOW,
    ENTRY,
    RESULT,
    CheckInStatus,
    ConcernStatus,
)
from commitments.followups.workflow import FOLLOW_UP_WORKFLOW, FollowUpStatus
from commitments.projects.workflow import (
    AMENDMENT_WORKFLOW,
    COMMITMENT_WORKFLOW,
    AmendmentStatus,
    CommitmentStatus,
)
from commitments.seats.workflow import PROJECT_WORKFLOW, SEAT_WORKFLOW, ProjectStatus, SeatStatus
from territories.delays import CALENDAR, WORKING, let_regions_choose

# fmt: off
WAITS = {  # Name: its wait in the table, what the Region's agents read, which days count.
    "amendment": (
        AMENDMENT_WORKFLOW.wait(AmendmentStatus.OPEN), "Modification d’un projet signé, à signer par les deux", CALENDAR,
    ),
    "seat": (SEAT_WORKFLOW.wait(SeatStatus.REQUESTED), "Réponse de l’organisme à une demande de place", WORKING),
    "validation": (
        PROJECT_WORKFLOW.wait(ProjectStatus.TO_VALIDATE), "Validation d’un projet de formation par le conseiller", WORKING,
    ),
    "entry": (ENTRY, "Entrées en formation à dire, depuis le premier jour", WORKING),
    "check_in": (CHECK_IN_WORKFLOW.wait(CheckInStatus.ASKED), "Point d’étape pendant la formation", CALENDAR),
    "concern": (CONCERN_WORKFLOW.wait(ConcernStatus.OPEN), "Personne en difficulté à appeler", WORKING),
    "result": (RESULT, "Résultat de la formation à dire, depuis le dernier jour", WORKING),
    "document": (
        COMMITMENT_WORKFLOW.wait(CommitmentStatus.TRAINED), "Condition à confirmer après la formation", CALENDAR,
    ),
    "yes": (
        COMMITMENT_WORKFLOW.wait(CommitmentStatus.TO_CONFIRM), "Réponse de la personne au contrat promis", CALENDAR,
    ),
    "contract": (
        COMMITMENT_WORKFLOW.wait(CommitmentStatus.ACCEPTED), "Contrat promis, à donner par l’entreprise", CALENDAR,
    ),
    "confirmation": (
        CONTRACT_WORKFLOW.wait(ContractStatus.DECLARED), "Contrat déclaré, à confirmer par la personne", CALENDAR,
    ),
    "dispute": (
        CONTRACT_WORKFLOW.wait(ContractStatus.DISPUTED), "Contrat contesté, à corriger ou à trancher", CALENDAR,
    ),
    "follow_up": (FOLLOW_UP_WORKFLOW.wait(FollowUpStatus.ASKED), "Suivi : « Où en êtes-vous ? »", CALENDAR),
}
# fmt: on


def register() -> None:
    for name, (wait, title, unit) in WAITS.items():
        let_regions_choose(name, wait, title=title, unit=unit)


def of_commitment(row: Any) -> str:
    """Where a project happens: its offer's department. For what belongs to it, too."""
    return getattr(row, "commitment", row).department_code


def of_seat(row: Any) -> str:
    """Where a training happens: its session's department. For what belongs to a seat request, too."""
    return getattr(row, "seat_request", row).department_code
