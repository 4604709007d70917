"""How long an agent may take: by the delays of the table."""

from core.waits import Watch
from immersions.settlements import actions
from immersions.settlements.models import Settlement
from immersions.settlements.workflow import SETTLEMENT_WORKFLOW

WATCH = Watch(
    model=Settlement,
    workflow=SETTLEMENT_WORKFLOW,
    remind=actions.remind,
    escalate=actions.escalate,
    end=actions.leave_open,
)
