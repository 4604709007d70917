"""The life of a report: asked on the last day, given in 60 seconds, or closed without it."""

from django.db.models import TextChoices

from accounts.roles import ADVISOR, CANDIDATE, COMPANY
from core.workflow import SYSTEM, Transition, Wait, Workflow


class ReportStatus(TextChoices):
    ASKED = "asked", "Attendu"
    GIVEN = "given", "Donné"
    CLOSED = "closed", "Clos sans réponse"


S = ReportStatus

ASK = "ask"  # The row's first line: there is nothing before it to move from.
GIVE = Transition(
    name="give",
    label="Donner mon bilan",
    sources=(S.ASKED,),
    target=S.GIVEN,
    who=(CANDIDATE, COMPANY),
    owes=("immersions/stay_report_given",),
)
CLOSE = Transition(
    name="close",
    label="Clore sans ce bilan",
    sources=(S.ASKED,),
    target=S.CLOSED,
    who=(ADVISOR, SYSTEM),  # The system, once the account is erased: nobody is asked about a person who left.
)

# Each Region sets its own days (territories.Region); these are the usual ones.
REPORT_WORKFLOW = Workflow(
    transitions=(GIVE, CLOSE),
    waits=(Wait(status=S.ASKED, owner="candidate, company", reminders=(3, 10), escalation=10),),
)
