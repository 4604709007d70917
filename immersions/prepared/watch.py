"""How long a prepared application waits for its person: by the delays of the table."""

from core.waits import Watch
from immersions.prepared import actions
from immersions.prepared.models import PreparedApplication
from immersions.prepared.workflow import PREPARED_WORKFLOW

WATCH = Watch(
    model=PreparedApplication,
    workflow=PREPARED_WORKFLOW,
    remind=actions.remind,
    escalate=actions.escalate,
    end=actions.expire_prepared,
)
