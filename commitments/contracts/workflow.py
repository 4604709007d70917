"""The life of a declared contract: one side says it, the other confirms, disputes, or stays silent.

The project moves with it (`commitments.projects.workflow`: DECLARE, DISPUTE, HIRE). A contract after
conditions that were not met moves nothing: it is recorded outside the promise.
"""

from django.db.models import TextChoices

from accounts.roles import CANDIDATE, COMPANY
from core.workflow import SYSTEM, Transition, Wait, Workflow


class ContractStatus(TextChoices):
    DECLARED = "declared", "À confirmer par le candidat"
    CONFIRMED = "confirmed", "Confirmé par les deux"
    DISPUTED = "disputed", "Contesté par le candidat"
    ONE_SIDED = "one_sided", "Déclaré par un seul côté"
    REPLACED = "replaced", "Remplacé par une autre déclaration"
    DROPPED = "dropped", "Sans suite : le projet s’est arrêté"


C = ContractStatus
FINAL = (C.CONFIRMED, C.ONE_SIDED)
OPEN = (C.DECLARED, C.DISPUTED)

# fmt: off
DECLARE_CONTRACT = "declare"  # The row's first line: there is nothing before it to move from.
CONFIRM = Transition(
    name="confirm", label="Confirmer le contrat", sources=OPEN, target=C.CONFIRMED,
    who=(CANDIDATE,), owes=("commitments/hired",),
)
DISPUTE_CONTRACT = Transition(
    name="dispute", label="Contester le contrat", sources=(C.DECLARED,), target=C.DISPUTED,
    who=(CANDIDATE,), needs_reason=True, owes=("commitments/contract_disputed",),
)
TAKE_ONE_SIDED = Transition(
    name="take_one_sided", label="Compter comme déclaré par un seul côté", sources=(C.DECLARED,),
    target=C.ONE_SIDED, who=(SYSTEM,), owes=("commitments/hired",),
)
REPLACE = Transition(
    name="replace", label="Déclarer autre chose", sources=OPEN, target=C.REPLACED, who=(COMPANY,),
)
DROP = Transition(
    name="drop", label="Clore avec le projet", sources=OPEN, target=C.DROPPED, who=(SYSTEM,),
)
ADD_MISSION: dict[str, Transition] = {
    status: Transition(
        name="add_mission", label="Ajouter une mission", sources=(status,), target=status,
        who=(COMPANY,), owes=("commitments/mission_added",),
    )
    for status in (C.DECLARED, C.CONFIRMED, C.ONE_SIDED)
}
# fmt: on

CONTRACT_WORKFLOW = Workflow(
    transitions=(CONFIRM, DISPUTE_CONTRACT, TAKE_ONE_SIDED, REPLACE, DROP, *ADD_MISSION.values()),
    waits=(Wait(status=C.DECLARED, owner=CANDIDATE, reminders=(7, 15), escalation=21, end=30),),
)
