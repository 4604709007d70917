"""A training need never waits in silence: five working days, then the box of the Region."""

from django.utils import timezone

from core.waits import Watch
from immersions.needs.actions import escalate, remind_agents
from immersions.needs.delay import NAME
from immersions.needs.models import TrainingNeed
from immersions.needs.workflow import NEED_WORKFLOW
from territories.delays import waits_of
from territories.working_days import working_days_between


def _working_days(need: TrainingNeed) -> int:
    since = timezone.localdate(need.waiting_since)
    return working_days_between(since, timezone.localdate(), need.department_id)


def _nothing(need: TrainingNeed) -> None:
    """The silence of an agent closes nothing."""


WATCH = Watch(
    model=TrainingNeed,
    workflow=NEED_WORKFLOW,
    remind=remind_agents,
    escalate=escalate,
    end=_nothing,
    waited=_working_days,
    wait_of=waits_of(NAME, lambda need: need.department_id),
)
