"""The life of an application, from "I would like to try" to the end of the immersion.

Read top to bottom (domain.md, "Application"). The statuses after `booked` are moved by the
agreement and by the dates.
"""

from django.db.models import TextChoices

from accounts.roles import AGENT, CANDIDATE, COMPANY
from core.workflow import SYSTEM, Transition, Wait, Workflow


class ApplicationStatus(TextChoices):
    SUBMITTED = "submitted", "Envoyée"
    BOOKED = "booked", "Réservée"
    CONFIRMED = "confirmed", "Confirmée"
    IN_PROGRESS = "in_progress", "En cours"
    COMPLETED = "completed", "Terminée"
    DECLINED = "declined", "Refusée"
    WITHDRAWN = "withdrawn", "Retirée"
    CANCELLED = "cancelled", "Annulée"
    EXPIRED = "expired", "Sans réponse"
    INTERRUPTED = "interrupted", "Interrompue"
    NO_SHOW = "no_show", "Absence"


S = ApplicationStatus  # Short, so that each transition is one line of a table.
LIVE = (S.SUBMITTED, S.BOOKED, S.CONFIRMED, S.IN_PROGRESS)
HOLDS_PLACES = (S.BOOKED, S.CONFIRMED, S.IN_PROGRESS)
BEFORE_START = (S.SUBMITTED, S.BOOKED, S.CONFIRMED)

# One move in three lines, so that the table is read at a glance.
# fmt: off
SUBMIT = "submit"  # The row's first line: there is nothing before it to move from.
ASK = Transition(
    name="ask", label="Poser une question", sources=(S.SUBMITTED,), target=S.SUBMITTED,
    who=(COMPANY,), owes=("immersions/question",),
)
ANSWER = Transition(
    name="answer", label="Répondre à la question", sources=(S.SUBMITTED,), target=S.SUBMITTED,
    who=(CANDIDATE,), owes=("immersions/answer",),
)
BOOK = Transition(
    name="book", label="Donner une place", sources=(S.SUBMITTED,), target=S.BOOKED,
    who=(COMPANY, SYSTEM), owes=("immersions/booking",),
)
BOOK_VISIT = Transition(
    name="book_visit", label="Donner une place", sources=(S.SUBMITTED,), target=S.CONFIRMED,
    who=(COMPANY, SYSTEM), owes=("immersions/booking",),
)
DECLINE = Transition(
    name="decline", label="Refuser la candidature", sources=(S.SUBMITTED,), target=S.DECLINED,
    who=(COMPANY,), needs_reason=True, owes=("immersions/declined",),
)
CLOSE_WITH_OFFER = Transition(
    name="close_with_offer", label="Clore avec l’offre", sources=(S.SUBMITTED,),
    target=S.DECLINED, who=(COMPANY, AGENT, SYSTEM), owes=("immersions/declined",),
)
WITHDRAW = Transition(
    name="withdraw", label="Retirer ma candidature", sources=BEFORE_START, target=S.WITHDRAWN,
    who=(CANDIDATE,), needs_reason=True, owes=("immersions/withdrawn",),
)
CANCEL = Transition(
    name="cancel", label="Annuler l’immersion", sources=(S.BOOKED, S.CONFIRMED),
    target=S.CANCELLED, who=(COMPANY,), needs_reason=True, owes=("immersions/cancelled",),
)
EXPIRE = Transition(
    name="expire", label="Clore sans réponse", sources=(S.SUBMITTED,), target=S.EXPIRED,
    who=(SYSTEM,), owes=("immersions/expired",),
)
# fmt: on

APPLICATION_WORKFLOW = Workflow(
    transitions=(ASK, ANSWER, BOOK, BOOK_VISIT, DECLINE, CLOSE_WITH_OFFER, WITHDRAW, CANCEL, EXPIRE),
    waits=(Wait(status=S.SUBMITTED, owner=COMPANY, reminders=(3, 7), escalation=8, end=10),),
)
