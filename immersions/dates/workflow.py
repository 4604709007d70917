"""The life of a proposal of other dates: one side writes it, the other one answers."""

from django.db.models import TextChoices

from accounts.roles import CANDIDATE, COMPANY
from core.workflow import SYSTEM, Transition, Wait, Workflow


class ProposalStatus(TextChoices):
    OPEN = "open", "Attend une réponse"
    ACCEPTED = "accepted", "Acceptée"
    REFUSED = "refused", "Refusée"
    TAKEN_BACK = "taken_back", "Retirée"
    EXPIRED = "expired", "Sans réponse"
    VOID = "void", "Sans objet"


S = ProposalStatus
SIDES = (CANDIDATE, COMPANY)
OTHER_SIDE = "other_side"  # Of the one who proposed.

PROPOSE = "propose"  # The row's first line: there is nothing before it to move from.
ACCEPT = Transition(
    name="accept",
    label="Accepter ces dates",
    sources=(S.OPEN,),
    target=S.ACCEPTED,
    who=SIDES,
    owes=("immersions/dates_changed",),
)
REFUSE = Transition(
    name="refuse",
    label="Garder les dates",
    sources=(S.OPEN,),
    target=S.REFUSED,
    who=SIDES,
    owes=("immersions/dates_kept",),
)
TAKE_BACK = Transition(
    name="take_back",
    label="Retirer la proposition",
    sources=(S.OPEN,),
    target=S.TAKEN_BACK,
    who=SIDES,
    owes=("immersions/dates_kept",),
)
EXPIRE = Transition(
    name="expire",
    label="Clore sans réponse",
    sources=(S.OPEN,),
    target=S.EXPIRED,
    who=(SYSTEM,),
    owes=("immersions/dates_kept",),
)
VOID = Transition(
    name="void",
    label="Clore la proposition",
    sources=(S.OPEN,),
    target=S.VOID,
    who=(SYSTEM,),
)

PROPOSAL_WORKFLOW = Workflow(
    transitions=(ACCEPT, REFUSE, TAKE_BACK, EXPIRE, VOID),
    waits=(Wait(status=S.OPEN, owner=OTHER_SIDE, reminders=(2,), end=4),),
)
