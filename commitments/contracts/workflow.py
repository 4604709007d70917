"""The life of a declared contract: one side says it, the other confirms, disputes, or stays silent.

A dispute keeps both versions. It ends when the company declares again and the person confirms, when the
person confirms after all, or when an agent decides; until then, and after, nothing counts as kept by itself.

The project moves with it (`commitments.projects.workflow`: DECLARE, DISPUTE, HIRE). A contract after
conditions that were not met moves nothing: it is recorded outside the promise.
"""

from django.db.models import TextChoices

from accounts.roles import AGENT, CANDIDATE, COMPANY
from core.workflow import SYSTEM, Transition, Wait, Workflow


class ContractStatus(TextChoices):
    DECLARED = "declared", "À confirmer par la personne"
    CONFIRMED = "confirmed", "Confirmé par les deux"
    DISPUTED = "disputed", "Contesté par la personne"
    ONE_SIDED = "one_sided", "Déclaré par un seul côté"
    REPLACED = "replaced", "Remplacé par une autre déclaration"
    DROPPED = "dropped", "Sans suite : le projet s’est arrêté"
    DECIDED = "decided", "Tranché par un agent de la Région"
    NO_CONTRACT = "no_contract", "Écarté : aucun contrat n’est signé"
    UNSETTLED = "unsettled", "Contesté, resté sans accord"


YOURS = {  # The same status, to the person.
    ContractStatus.DECLARED: "À vous de confirmer",
    ContractStatus.DISPUTED: "Contesté par vous",
}

C = ContractStatus
FINAL = (C.CONFIRMED, C.ONE_SIDED, C.DECIDED)
OPEN = (C.DECLARED, C.DISPUTED)
CONTESTED = (C.DISPUTED, C.UNSETTLED)
PAST = (C.REPLACED, C.DROPPED, C.NO_CONTRACT, C.UNSETTLED)  # Read, and nothing comes of it.

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
DECIDE = Transition(  # What the agent holds for true is a row of its own, `decided`; this one keeps both versions.
    name="decide", label="Trancher entre les deux versions", sources=(C.DISPUTED,), target=C.REPLACED,
    who=(AGENT,), needs_reason=True, owes=("commitments/contract_settled",),
)
FIND_NONE = Transition(
    name="find_none", label="Constater qu’aucun contrat n’est signé", sources=(C.DISPUTED,), target=C.NO_CONTRACT,
    who=(AGENT,), needs_reason=True, owes=("commitments/contract_settled",),
)
LEAVE_UNSETTLED = Transition(
    name="leave_unsettled", label="Laisser sans accord", sources=(C.DISPUTED,), target=C.UNSETTLED,
    who=(SYSTEM,), owes=("commitments/contract_settled",),
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
    for status in (C.DECLARED, *FINAL)
}
# fmt: on

CONTRACT_WORKFLOW = Workflow(
    transitions=(
        CONFIRM,
        DISPUTE_CONTRACT,
        TAKE_ONE_SIDED,
        DECIDE,
        FIND_NONE,
        LEAVE_UNSETTLED,
        REPLACE,
        DROP,
        *ADD_MISSION.values(),
    ),
    waits=(
        Wait(status=C.DECLARED, owner=CANDIDATE, reminders=(7, 15), escalation=21, end=30),
        # An agent's task opens the same day. Its end gives reason to nobody: the company owes its contract again.
        Wait(status=C.DISPUTED, owner="company, agent", reminders=(5, 12), escalation=20, end=60),
    ),
)
