"""The life of one question « où en êtes-vous ? »: to come, asked, answered; or unknown, and visible as such."""

from django.db.models import TextChoices

from accounts.roles import ADVISOR, CANDIDATE, COMPANY
from core.workflow import SYSTEM, Transition, Wait, Workflow


class FollowUpStatus(TextChoices):
    TO_COME = "to_come", "À venir"
    ASKED = "asked", "Demandé"
    ANSWERED = "answered", "Répondu"
    UNKNOWN = "unknown", "Inconnu"


F = FollowUpStatus
WHO = (CANDIDATE, ADVISOR, COMPANY)

# fmt: off
PLAN = "plan"  # The row's first line: there is nothing before it to move from.
ASK = Transition(
    name="ask", label="Demander où en est la personne", sources=(F.TO_COME,), target=F.ASKED,
    who=(SYSTEM,), owes=("commitments/followup_asked",),
)
ANSWER = Transition(
    name="answer", label="Dire où en est la personne", sources=(F.ASKED, F.UNKNOWN), target=F.ANSWERED, who=WHO,
)
CORRECT = Transition(  # Another one says it too, or who said it corrects: every answer is kept.
    name="correct", label="Dire où en est la personne", sources=(F.ANSWERED,), target=F.ANSWERED, who=WHO,
)
TAKE_KNOWN = Transition(  # Said while leaving the project: not asked twice.
    name="take_known", label="Reprendre ce qui est déjà dit", sources=(F.TO_COME,), target=F.ANSWERED,
    who=(CANDIDATE,),
)
POSTPONE = Transition(  # The end that it was counted from was a mistake.
    name="postpone", label="Attendre la fin", sources=(F.TO_COME, F.ASKED), target=F.TO_COME, who=(SYSTEM,),
)
PLAN_AGAIN = Transition(
    name="plan_again", label="Prévoir de nouveau", sources=(F.TO_COME,), target=F.TO_COME, who=(SYSTEM,),
)
GIVE_UP = Transition(
    name="give_up", label="Laisser inconnu", sources=(F.TO_COME, F.ASKED), target=F.UNKNOWN, who=(SYSTEM,),
)
# fmt: on

FOLLOW_UP_WORKFLOW = Workflow(
    transitions=(ASK, ANSWER, CORRECT, TAKE_KNOWN, POSTPONE, PLAN_AGAIN, GIVE_UP),
    # The person twice, then whoever accompanies them; then it stays unknown, and is counted so.
    waits=(Wait(status=F.ASKED, owner=CANDIDATE, reminders=(7, 14), escalation=21, end=45),),
)
