"""By when an agent of the Region answers a training need."""

import datetime as dt

from immersions.needs.workflow import NEED_WORKFLOW, NeedStatus
from territories.delays import WORKING, let_regions_choose, wait_in
from territories.working_days import working_days_after

NAME = "need"


def register() -> None:
    let_regions_choose(
        NAME,
        NEED_WORKFLOW.wait(NeedStatus.OPEN),
        title="Réponse d’un agent à un besoin de formation",
        unit=WORKING,
    )


def answer_within(department: str) -> int:
    """Working days: the day after the last one, it is late."""
    return (wait_in(department, NAME).escalation or 1) - 1


def answer_due_on(opened: dt.date, department: str) -> dt.date:
    return working_days_after(opened, answer_within(department), department)
