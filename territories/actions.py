"""What happens to the agents' own list of things to do."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from core.rules import RuleBroken
from territories.delays import AGENT_TASK, wait_in
from territories.models import AgentTask, Department

if TYPE_CHECKING:
    from accounts.models import User


def open_agent_task(
    kind: str,
    title: str,
    *,
    key: str,
    url: str = "",
    detail: str = "",
    department: Department | None = None,
    due_on: dt.date | None = None,
) -> AgentTask:
    """« Un agent doit s’en occuper. » Asked twice with the same key, it is one task. Without its own day
    (`due_on`), it is for the day that the agents of this department have chosen.
    """
    task, _ = AgentTask.objects.get_or_create(
        unique_key=key,
        defaults={
            "kind": kind,
            "title": title[:200],
            "url": url,
            "detail": detail,
            "department": department,
            "due_on": due_on or agents_act_by(department),
        },
    )
    return task


def agents_act_by(department: Department | None) -> dt.date:
    """The day by which agents deal with what comes to them today."""
    days = wait_in(department.pk if department else "", AGENT_TASK).end or 0
    return timezone.localdate() + dt.timedelta(days=days)


def close_agent_task(task: AgentTask, *, by: "User | None", outcome: str = "") -> None:
    """« C’est fait. » By None: what the task was waiting for happened by itself."""
    done = AgentTask.objects.open().filter(pk=task.pk)
    if not done.update(done_at=timezone.now(), done_by=by, outcome=outcome):
        raise RuleBroken("Cette tâche est déjà faite.", code="done")
    task.refresh_from_db()


def forget_agent_tasks(about: str) -> None:
    """Somebody leaves: what agents noted about them beside their tasks goes; that it was done stays.
    `about` is a key, or the part of it before a slash: « settlement/1 » is not « settlement/12 ».
    """
    key = about.rstrip("/")
    tasks = AgentTask.objects.filter(Q(unique_key=key) | Q(unique_key__startswith=f"{key}/"))
    tasks.update(detail="", outcome="")
