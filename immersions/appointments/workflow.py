"""The life of a first appointment: the candidate picks one of the company's times."""

from django.db.models import TextChoices

from accounts.roles import CANDIDATE, COMPANY
from core.workflow import SYSTEM, Transition, Workflow


class AppointmentStatus(TextChoices):
    BOOKED = "booked", "Pris"
    HELD = "held", "Passé"
    MISSED = "missed", "Manqué"
    CANCELLED = "cancelled", "Annulé"


S = AppointmentStatus
TAKES_ITS_TIME = (S.BOOKED, S.HELD, S.MISSED)
SIDES = (CANDIDATE, COMPANY)

PICK = "pick"  # The row's first line: there is nothing before it to move from.
MOVE = Transition(
    name="move",
    label="Changer d’heure",
    sources=(S.BOOKED,),
    target=S.BOOKED,
    who=(CANDIDATE,),
    owes=("immersions/appointment_booked",),
)
CANCEL = Transition(
    name="cancel",
    label="Annuler le rendez-vous",
    sources=(S.BOOKED,),
    target=S.CANCELLED,
    who=(*SIDES, SYSTEM),
    owes=("immersions/appointment_cancelled",),
)
MISS = Transition(
    name="miss",
    label="Signaler une absence",
    sources=(S.BOOKED, S.HELD),
    target=S.MISSED,
    who=SIDES,
    owes=("immersions/appointment_missed",),
)
HOLD = Transition(
    name="hold",
    label="Clore le rendez-vous",
    sources=(S.BOOKED,),
    target=S.HELD,
    who=(SYSTEM,),
)

APPOINTMENT_WORKFLOW = Workflow(transitions=(MOVE, CANCEL, MISS, HOLD))
