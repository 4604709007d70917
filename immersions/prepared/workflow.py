"""An application that an advisor prepares: nothing reaches the company before the person says yes."""

from django.db.models import TextChoices

from accounts.roles import ADVISOR, CANDIDATE
from core.workflow import SYSTEM, Transition, Wait, Workflow


class PreparedStatus(TextChoices):
    WAITING = "waiting", "Attend la confirmation de la personne"
    CONFIRMED = "confirmed", "Confirmée et envoyée"
    REFUSED = "refused", "Refusée par la personne"
    TAKEN_BACK = "taken_back", "Retirée"
    EXPIRED = "expired", "Sans réponse"


S = PreparedStatus

PREPARE = "prepare"  # The row's first line: there is nothing before it to move from.
CONFIRM = Transition(
    name="confirm",
    label="Confirmer et envoyer",
    sources=(S.WAITING,),
    target=S.CONFIRMED,
    who=(CANDIDATE,),
    owes=("immersions/prepared_confirmed",),
)
REFUSE = Transition(
    name="refuse",
    label="Ne pas envoyer",
    sources=(S.WAITING,),
    target=S.REFUSED,
    who=(CANDIDATE,),
    owes=("immersions/prepared_not_sent",),
)
TAKE_BACK = Transition(
    name="take_back",
    label="Retirer la candidature préparée",
    sources=(S.WAITING,),
    target=S.TAKEN_BACK,
    who=(ADVISOR,),
)
EXPIRE = Transition(
    name="expire",
    label="Clore sans réponse",
    sources=(S.WAITING,),
    target=S.EXPIRED,
    who=(SYSTEM,),
    owes=("immersions/prepared_not_sent",),
)

PREPARED_WORKFLOW = Workflow(
    transitions=(CONFIRM, REFUSE, TAKE_BACK, EXPIRE),
    waits=(Wait(status=S.WAITING, owner=CANDIDATE, reminders=(2,), escalation=4, end=7),),
)
