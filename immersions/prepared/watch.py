"""How long a prepared application waits for its person: by the delays of its Region."""

from core.waits import Watch
from immersions.prepared import actions
from immersions.prepared.models import PreparedApplication
from immersions.prepared.workflow import PREPARED_WORKFLOW
from territories.delays import waits_of

WATCH = Watch(
    model=PreparedApplication,
    workflow=PREPARED_WORKFLOW,
    remind=actions.remind,
    escalate=actions.escalate,
    end=actions.expire_prepared,
    wait_of=waits_of("prepared", lambda prepared: prepared.offer.department_code),
)
