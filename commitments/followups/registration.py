"""What this alcove tells the others, once, when the site starts."""

from commitments.followups import actions
from commitments.followups.models import FollowUp
from commitments.followups.personal_data import erase_follow_ups, export_follow_ups
from commitments.followups.workflow import FOLLOW_UP_WORKFLOW
from commitments.projects import followers
from commitments.waiting import of_commitment
from core import waits
from core.personal_data import Keeper, keep
from core.waits import Watch
from territories.delays import waits_of

FOLLOW_UPS = Watch(
    model=FollowUp,
    workflow=FOLLOW_UP_WORKFLOW,
    remind=actions.remind,
    escalate=actions.ask_advisor,
    end=actions.leave_unknown,
    wait_of=waits_of("follow_up", of_commitment),
)


def register() -> None:
    waits.watch(FOLLOW_UPS)
    followers.follow("followups", trained=actions.plan, ended=actions.plan, resumed=actions.postpone)
    keep("followups", Keeper(title="Suivi", export=export_follow_ups, erase=erase_follow_ups))
