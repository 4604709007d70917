"""The life of a follow-up: « Qui vous accompagne ? », and what the structure answers."""

from django.db.models import TextChoices

from accounts.roles import ADVISOR, CANDIDATE
from core.workflow import SYSTEM, Transition, Wait, Workflow


class FollowingStatus(TextChoices):
    ASKED = "asked", "Demandé"
    FOLLOWED = "followed", "En cours"
    TRANSFERRED = "transferred", "Transmis"
    NOT_FOLLOWED = "not_followed", "Pas d’accompagnement"
    ENDED = "ended", "Terminé"


S = FollowingStatus
LIVE = (S.ASKED, S.FOLLOWED)

ASK = "ask"  # The row's first line: there is nothing before it to move from.
HAND_OVER = "hand_over"  # From hand to hand inside the structure: no status moves.
FOLLOW = Transition(
    name="follow",
    label="Accompagner cette personne",
    sources=(S.ASKED,),
    target=S.FOLLOWED,
    who=(ADVISOR,),
    owes=("candidates/following_followed",),
)
TRANSFER = Transition(
    name="transfer",
    label="Transmettre à une autre structure",
    sources=LIVE,
    target=S.TRANSFERRED,
    who=(ADVISOR,),
    owes=("candidates/following_transferred", "candidates/following_asked"),
)
NOT_FOLLOW = Transition(
    name="not_follow",
    label="Ne pas accompagner",
    sources=(S.ASKED,),
    target=S.NOT_FOLLOWED,
    who=(ADVISOR,),
    needs_reason=True,
    owes=("candidates/following_not_followed",),
)
LAPSE = Transition(
    name="lapse",
    label="Clore sans réponse",
    sources=(S.ASKED,),
    target=S.NOT_FOLLOWED,
    who=(SYSTEM,),
    owes=("candidates/following_lapsed",),
)
END = Transition(
    name="end",
    label="Terminer l’accompagnement",
    sources=(S.FOLLOWED,),
    target=S.ENDED,
    who=(ADVISOR,),
    owes=("candidates/following_ended",),
)
LEAVE = Transition(
    name="leave",
    label="Changer d’accompagnement",
    sources=LIVE,
    target=S.ENDED,
    who=(CANDIDATE,),
    owes=("candidates/following_left",),
)

# Days here are working days of the structure's department: an answer is owed within two.
FOLLOWING_WORKFLOW = Workflow(
    transitions=(FOLLOW, TRANSFER, NOT_FOLLOW, LAPSE, END, LEAVE),
    waits=(Wait(status=S.ASKED, owner=ADVISOR, reminders=(2,), escalation=3, end=10),),
)
