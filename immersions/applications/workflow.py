"""The life of an application, from "I would like to try" to the end of the immersion.

Read top to bottom (domain.md, "Application"). The statuses after `booked` are moved by the
agreement and by the dates.
"""

from django.db.models import TextChoices

from accounts.roles import ADVISOR, AGENT, CANDIDATE, COMPANY
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
NOT_IN_VAIN = (*LIVE, S.COMPLETED, S.INTERRUPTED, S.NO_SHOW)
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
RESCHEDULE = Transition(
    name="reschedule", label="Changer les dates", sources=(S.BOOKED, S.CONFIRMED), target=S.BOOKED,
    who=(CANDIDATE, COMPANY), owes=("immersions/dates_changed",),
)
RESCHEDULE_VISIT = Transition(
    name="reschedule_visit", label="Changer les dates", sources=(S.CONFIRMED,), target=S.CONFIRMED,
    who=(CANDIDATE, COMPANY), owes=("immersions/dates_changed",),
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

CONFIRM = Transition(
    name="confirm",
    label="Confirmer l’immersion",
    sources=(S.BOOKED,),
    target=S.CONFIRMED,
    who=(SYSTEM,),
)
REFUSE_AGREEMENT = Transition(
    name="refuse_agreement",
    label="Refuser la convention",
    sources=(S.BOOKED,),
    target=S.CANCELLED,
    who=(ADVISOR,),
    needs_reason=True,
    owes=("immersions/agreement_refused",),
)

LAPSE = Transition(
    name="lapse",
    label="Rendre la place, faute de convention",
    sources=(S.BOOKED,),
    target=S.CANCELLED,
    who=(SYSTEM,),
    owes=("immersions/stay_lapsed", "immersions/stay_lapsed_company"),
)
START = Transition(
    name="start",
    label="Commencer l’immersion",
    sources=(S.CONFIRMED,),
    target=S.IN_PROGRESS,
    who=(SYSTEM,),
)
FINISH = Transition(
    name="finish",
    label="Terminer l’immersion",
    sources=(S.IN_PROGRESS,),
    target=S.COMPLETED,
    who=(SYSTEM,),
    owes=("immersions/stay_report", "immersions/stay_report_company"),
)
INTERRUPT = Transition(
    name="interrupt",
    label="Arrêter l’immersion",
    sources=(S.IN_PROGRESS,),
    target=S.INTERRUPTED,
    who=(CANDIDATE, COMPANY),
    needs_reason=True,
    owes=("immersions/stay_interrupted", "immersions/stay_report", "immersions/stay_report_company"),
)
NO_SHOW = Transition(
    name="no_show",
    label="Signaler une absence",
    sources=(S.CONFIRMED, S.IN_PROGRESS),
    target=S.NO_SHOW,
    who=(CANDIDATE, COMPANY),
    owes=("immersions/stay_absence",),
)
TELL_ABSENCE = Transition(
    name="tell_absence",
    label="Donner sa version de l’absence",
    sources=(S.NO_SHOW,),
    target=S.NO_SHOW,
    who=(CANDIDATE, COMPANY),
    owes=("immersions/stay_absence_advisor",),
)

APPLICATION_WORKFLOW = Workflow(
    transitions=(
        ASK,
        ANSWER,
        BOOK,
        BOOK_VISIT,
        RESCHEDULE,
        RESCHEDULE_VISIT,
        DECLINE,
        CLOSE_WITH_OFFER,
        WITHDRAW,
        CANCEL,
        EXPIRE,
        CONFIRM,
        REFUSE_AGREEMENT,
        LAPSE,
        START,
        FINISH,
        INTERRUPT,
        NO_SHOW,
        TELL_ABSENCE,
    ),
    waits=(Wait(status=S.SUBMITTED, owner=COMPANY, reminders=(3, 7), escalation=8, end=10),),
)
