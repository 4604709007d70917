"""The life of a seat request, from « je voudrais une place » to the end of the training.

Two yes are needed to enter, in either order: the advisor validates the training project
(`PROJECT_WORKFLOW`), the organisation admits. Silence never loses a seat: it is chased, on working
days, then an agent. When a request belongs to a commitment, the commitment moves with it.
"""

from django.db.models import TextChoices

from accounts.roles import ADVISOR, AGENT, CANDIDATE, ORGANISATION
from core.workflow import SYSTEM, Transition, Wait, Workflow


class SeatStatus(TextChoices):
    REQUESTED = "requested", "Demandée"
    WAITLISTED = "waitlisted", "Sur liste d’attente"
    ADMITTED = "admitted", "Admise"
    REFUSED = "refused", "Refusée"
    WITHDRAWN = "withdrawn", "Retirée"
    RELEASED = "released", "Rendue"
    LAPSED = "lapsed", "Sans réponse au premier jour"
    ENTERED = "entered", "En formation"
    FINISHED = "finished", "Formation terminée"
    LEFT = "left", "Formation arrêtée"


class ProjectStatus(TextChoices):
    """The advisor's half: eligibility, income during training."""

    TO_VALIDATE = "to_validate", "À valider"
    VALIDATED = "validated", "Validé"
    NOT_VALIDATED = "not_validated", "Non validé"


S = SeatStatus
P = ProjectStatus
LIVE = (S.REQUESTED, S.WAITLISTED, S.ADMITTED, S.ENTERED)
BEFORE_ENTRY = (S.REQUESTED, S.WAITLISTED, S.ADMITTED)
TAKES_SEAT = (S.ADMITTED, S.ENTERED, S.FINISHED)  # And `requested`, when a sealed promise holds it.

# fmt: off
REQUEST = "request"  # The row's first line: there is nothing before it to move from.
INVITE = Transition(
    name="invite", label="Inviter à une réunion d’information", sources=(S.REQUESTED,),
    target=S.REQUESTED, who=(ORGANISATION,), owes=("commitments/seat_meeting",),
)
ADMIT = Transition(
    name="admit", label="Admettre", sources=(S.REQUESTED, S.WAITLISTED), target=S.ADMITTED,
    who=(ORGANISATION,), owes=("commitments/seat_admitted",),
)
REFUSE = Transition(
    name="refuse", label="Ne pas admettre", sources=(S.REQUESTED, S.WAITLISTED), target=S.REFUSED,
    who=(ORGANISATION,), needs_reason=True, owes=("commitments/seat_refused",),
)
WAITLIST = Transition(
    name="waitlist", label="Mettre sur liste d’attente", sources=(S.REQUESTED,), target=S.WAITLISTED,
    who=(ORGANISATION, SYSTEM), owes=("commitments/seat_waitlisted",),
)
MOVE_UP = Transition(
    name="move_up", label="Une place se libère", sources=(S.WAITLISTED,), target=S.REQUESTED,
    who=(SYSTEM,), owes=("commitments/seat_freed",),
)
WITHDRAW = Transition(
    name="withdraw", label="Retirer ma demande", sources=BEFORE_ENTRY, target=S.WITHDRAWN,
    who=(CANDIDATE,), owes=("commitments/seat_withdrawn",),
)
RELEASE = Transition(
    name="release", label="Rendre la place", sources=LIVE, target=S.RELEASED,
    who=(SYSTEM, AGENT), owes=("commitments/seat_released",),
)
LAPSE = Transition(
    name="lapse", label="Clore au premier jour", sources=(S.REQUESTED, S.WAITLISTED), target=S.LAPSED,
    who=(SYSTEM,), owes=("commitments/seat_lapsed",),
)
ENTER = Transition(
    name="enter", label="Confirmer l’entrée", sources=(S.ADMITTED,), target=S.ENTERED,
    who=(ORGANISATION,), owes=("commitments/entered",),
)
NOT_COME = Transition(
    name="not_come", label="N’est pas venu·e", sources=(S.ADMITTED,), target=S.RELEASED,
    who=(ORGANISATION,), needs_reason=True, owes=("commitments/not_come",),
)
FINISH = Transition(
    name="finish", label="Donner le résultat", sources=(S.ENTERED,), target=S.FINISHED,
    who=(ORGANISATION,), owes=("commitments/trained",),
)
LEAVE = Transition(
    name="leave", label="Signaler un arrêt", sources=(S.ENTERED,), target=S.LEFT,
    who=(ORGANISATION,), needs_reason=True, owes=("commitments/dropped_out",),
)
CORRECT_ENTRY = Transition(
    name="correct_entry", label="Corriger le jour d’entrée", sources=(S.ENTERED,), target=S.ENTERED,
    who=(ORGANISATION,), needs_reason=True, owes=("commitments/entry_corrected",),
)
UNDO_ENTRY = Transition(
    name="undo_entry", label="Annuler l’entrée", sources=(S.ENTERED,), target=S.ADMITTED,
    who=(ORGANISATION,), needs_reason=True, owes=("commitments/entry_corrected",),
)
CORRECT_RESULT = Transition(
    name="correct_result", label="Corriger le résultat", sources=(S.FINISHED,), target=S.FINISHED,
    who=(ORGANISATION,), needs_reason=True, owes=("commitments/result_corrected",),
)
UNDO_LEAVE = Transition(
    name="undo_leave", label="Annuler l’arrêt", sources=(S.LEFT,), target=S.ENTERED,
    who=(ORGANISATION,), needs_reason=True, owes=("commitments/leave_corrected",),
)
STOP = Transition(  # An agent cancels a session under way: nobody left, and a promise stands.
    name="stop", label="La session s’arrête", sources=(S.ENTERED,), target=S.LEFT,
    who=(SYSTEM,), owes=("commitments/course_session",),
)
# fmt: on

SEAT_WORKFLOW = Workflow(
    transitions=(
        INVITE,
        ADMIT,
        REFUSE,
        WAITLIST,
        MOVE_UP,
        WITHDRAW,
        RELEASE,
        LAPSE,
        ENTER,
        NOT_COME,
        FINISH,
        LEAVE,
        CORRECT_ENTRY,
        UNDO_ENTRY,
        CORRECT_RESULT,
        UNDO_LEAVE,
        STOP,
    ),
    waits=(  # Working days. No end by silence: the session's first day ends it, and an agent calls before (`soon`).
        Wait(status=S.REQUESTED, owner=ORGANISATION, reminders=(5, 10), escalation=11),
    ),
)

VALIDATE = Transition(
    name="validate",
    label="Valider le projet de formation",
    sources=(P.TO_VALIDATE, P.NOT_VALIDATED),
    target=P.VALIDATED,
    who=(ADVISOR,),
    owes=("commitments/project_validated",),
)
NOT_VALIDATE = Transition(
    name="not_validate",
    label="Ne pas valider le projet",
    sources=(P.TO_VALIDATE,),
    target=P.NOT_VALIDATED,
    who=(ADVISOR,),
    needs_reason=True,
    owes=("commitments/project_not_validated",),
)

KEEP = Transition(  # Another session of the same training: what was checked stays checked.
    name="keep",
    label="Garder la validation",
    sources=(P.TO_VALIDATE,),
    target=P.VALIDATED,
    who=(SYSTEM,),
)

PROJECT_WORKFLOW = Workflow(
    transitions=(VALIDATE, NOT_VALIDATE, KEEP),
    waits=(  # Working days.
        Wait(status=P.TO_VALIDATE, owner=ADVISOR, reminders=(5, 10), escalation=11),
    ),
)
