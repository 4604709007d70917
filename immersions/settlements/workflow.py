"""Whose doing an absence is: an agent settles it, on request only."""

from django.db.models import TextChoices

from accounts.roles import AGENT
from core.workflow import SYSTEM, Transition, Wait, Workflow


class SettlementStatus(TextChoices):
    ASKED = "asked", "Demandé à un agent"
    SETTLED = "settled", "Tranché"
    LEFT_OPEN = "left_open", "Non déterminé"


S = SettlementStatus

ASK = "ask"  # The row's first line: there is nothing before it to move from.
SETTLE = Transition(
    name="settle",
    label="Dire du fait de qui est l’absence",
    sources=(S.ASKED,),
    target=S.SETTLED,
    who=(AGENT,),
    needs_reason=True,
    owes=("immersions/stay_absence_settled",),
)
LEAVE_OPEN = Transition(
    name="leave_open",
    label="Laisser non déterminé",
    sources=(S.ASKED,),
    target=S.LEFT_OPEN,
    who=(SYSTEM,),
    owes=("immersions/stay_absence_left_open",),
)

# Days are calendar days; the agent's task has its own day from the first (`territories.actions.agents_act_by`).
SETTLEMENT_WORKFLOW = Workflow(
    transitions=(SETTLE, LEAVE_OPEN),
    waits=(Wait(status=S.ASKED, owner=AGENT, reminders=(5,), escalation=10, end=30),),
)
