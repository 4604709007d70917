"""The life of a training need, read top to bottom (domain.md, "Offer": `awaiting_training` is no dead end)."""

from django.db.models import TextChoices

from accounts.roles import AGENT
from core.workflow import SYSTEM, Transition, Wait, Workflow


class NeedStatus(TextChoices):
    OPEN = "open", "À traiter"
    ANSWERED = "answered", "Répondu"
    CLOSED = "closed", "Clos"


class NeedAnswer(TextChoices):
    """What an agent found: a closed list, counted."""

    SESSION = "session", "Une session est rattachée à ce métier"
    COLLECTIVE = "collective", "Une action collective avant embauche"
    POEI = "poei", "Une formation avec France Travail avant l’embauche (POEI)"
    NONE = "none", "Pas de solution pour le moment"


S = NeedStatus

ANSWER = Transition(
    name="answer",
    label="Répondre au besoin de formation",
    sources=(S.OPEN,),
    target=S.ANSWERED,
    who=(AGENT,),
    needs_reason=True,
    owes=("immersions/offer_need_answered",),
)
ANSWER_AGAIN = (
    Transition(  # A session appeared after a « no », a linked one was cancelled: each answer is kept.
        name="answer_again",
        label="Répondre à nouveau au besoin de formation",
        sources=(S.ANSWERED,),
        target=S.ANSWERED,
        who=(AGENT,),
        needs_reason=True,
        owes=("immersions/offer_need_answered",),
    )
)
CLOSE = Transition(
    # Nothing waits any more: a session appeared, or the offers were paused, closed, rewritten.
    name="close",
    label="Clore le besoin",
    sources=(S.OPEN, S.ANSWERED),
    target=S.CLOSED,
    who=(SYSTEM,),
)

NEED_WORKFLOW = Workflow(
    transitions=(ANSWER, ANSWER_AGAIN, CLOSE),
    # Working days: the day before, then the first day that is too late.
    waits=(Wait(status=S.OPEN, owner=AGENT, reminders=(4,), escalation=6),),
)
