"""What this alcove tells the others, once, when the site starts."""

from commitments.followups import actions
from commitments.followups.models import FollowUp
from commitments.followups.personal_data import erase_follow_ups, export_follow_ups
from commitments.followups.workflow import FOLLOW_UP_WORKFLOW
from commitments.projects import followers
from core import waits
from core.personal_data import Keeper, keep
from core.waits import Watch

FOLLOW_UPS = Watch(
    model=FollowUp,
    workflow=FOLLOW_UP_WORKFLOW,
    remind=actions.remind,
    escalate=actions.ask_advisor,
    end=actions.leave_unknown,
)


def register() -> None:
    waits.watch(FOLLOW_UPS)
    followers.follow("followups", trained=actions.plan, ended=actions.plan)
    keep("followups", Keeper(title="Suivi", export=export_follow_ups, erase=erase_follow_ups))
