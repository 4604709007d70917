"""Nobody waits for a structure in silence: what the table of waits does, working day after day."""

from django.utils import timezone

from candidates.structures import emails
from candidates.structures.actions import escalate_following, lapse_following
from candidates.structures.models import Following
from candidates.structures.workflow import FOLLOWING_WORKFLOW
from core.outbox import post
from core.waits import Watch
from territories.delays import waits_of
from territories.working_days import working_days_between


def working_days_waited(following: Following) -> int:
    """Counted where the structure is: public holidays are not the same everywhere."""
    since = timezone.localdate(following.waiting_since)
    return working_days_between(since, timezone.localdate(), following.department)


def remind(following: Following, *, number: int) -> None:
    for message in emails.reminder(following, number=number):
        post(message)


WATCH = Watch(
    model=Following,
    workflow=FOLLOWING_WORKFLOW,
    remind=remind,
    escalate=escalate_following,
    end=lapse_following,
    waited=working_days_waited,
    wait_of=waits_of("following", lambda following: following.department),
)
