"""How long an agent may take: by the delays of its Region."""

from core.waits import Watch
from immersions.settlements import actions
from immersions.settlements.models import Settlement
from immersions.settlements.workflow import SETTLEMENT_WORKFLOW
from territories.delays import waits_of

WATCH = Watch(
    model=Settlement,
    workflow=SETTLEMENT_WORKFLOW,
    remind=actions.remind,
    escalate=actions.escalate,
    end=actions.leave_open,
    wait_of=waits_of("settlement", lambda it: it.application.offer.department_code),
)
