"""Who has waited too long? Asked by state and date, never by "created exactly N days ago".

Each lifecycle registers a `Watch` (in its app's `ready()`). A step is done once: the row keeps
how many were done (`wait_step`), in the transaction that does it. A night skipped or run twice
changes nothing; when several reminders are due at once only the last useful one is sent.
"""

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from core.models import Stateful
from core.sweeps import each_alone
from core.workflow import Wait, Workflow

logger = logging.getLogger(__name__)


def calendar_days(row: Any) -> int:
    """How many days `row` has waited."""
    return (timezone.localdate() - timezone.localdate(row.waiting_since)).days


def _comes_too_soon(it: "Watch", row: Any, wait: Wait) -> bool:
    """The end was brought forward under a row that had waited that long already: it ends on `end_from`, which
    its clock says from now on, to the pages and to the last reminder too. A row that bears the date of its own
    end, already told, keeps it.
    """
    today = timezone.localdate()
    if wait.end_from is None or wait.end is None or today >= wait.end_from:
        return False
    since, waited, left = row.waiting_since, it.waited(row), (wait.end_from - today).days
    row.waiting_since = timezone.now() - dt.timedelta(days=wait.end - left)
    if it.waited(row) < waited:
        return True
    row.waiting_since = since
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A lifecycle to watch. Handlers run on the locked row, inside the sweep's transaction."""

    model: type[Stateful]
    workflow: Workflow
    remind: Callable[..., None]
    """Called with (row, number=…): the how-manieth reminder, counted from 1."""
    escalate: Callable[..., None]
    end: Callable[..., None]
    waited: Callable[[Any], int] = calendar_days
    """What the days of the table count; never more than the calendar does."""
    wait_of: Callable[[Any, Wait], Wait] | None = None
    """The row's own days, where a territory sets them; without it, those of the table."""
    hold: Callable[[int], None] | None = None
    """Called first with the row's key: locks what the order of the house locks before the row."""


_watches: dict[str, Watch] = {}


def watch(it: Watch) -> None:
    """Register a lifecycle; registering the same model again replaces it."""
    _watches[it.model._meta.label] = it


def sweep_all() -> int:
    """Do every step that is due, in every lifecycle. Returns how many were done."""
    return sum(_sweep(it, wait) for it in list(_watches.values()) for wait in it.workflow.waits)


def _sweep(it: Watch, wait: Wait) -> int:
    if not wait.steps:
        return 0
    first_day = wait.steps[0][0] if it.wait_of is None else 1
    latest = timezone.localdate() - dt.timedelta(days=first_day)
    candidates = it.model._base_manager.filter(
        status=wait.status, waiting_since__date__lte=latest, wait_step__lt=len(wait.steps)
    ).order_by("waiting_since", "pk")
    return each_alone(candidates, lambda pk: _step(it, wait, pk))


def _step(it: Watch, wait: Wait, pk: int) -> int:
    """Do the last step that is due for one row, unless someone is working on it right now."""
    if it.hold is not None:
        it.hold(pk)
    rows = it.model._base_manager.select_for_update(skip_locked=True, of=("self",), no_key=True)
    row = rows.filter(pk=pk, status=wait.status).first()
    if row is None:
        return 0
    if it.wait_of is not None:
        wait = it.wait_of(row, wait)
    waited = it.waited(row)
    due = [step for step in wait.steps if step[0] <= waited]
    if len(due) <= row.wait_step:
        return 0
    missed = due[row.wait_step :]
    if missed[-1][1] == "end" and _comes_too_soon(it, row, wait):
        missed = missed[:-1]
        row.wait_step = len(due) - 1
    else:
        row.wait_step = len(due)
    row.save(update_fields=["wait_step", "waiting_since"])
    kinds = [kind for _, kind in missed]
    if not kinds:
        return 0
    if "end" in kinds:
        it.end(row)
    else:
        if "escalate" in kinds:
            it.escalate(row)
        if kinds[-1] == "remind":
            it.remind(row, number=sum(kind == "remind" for _, kind in due))
    logger.info("wait step", extra={"model": it.model._meta.label, "pk": pk, "steps": kinds})
    return 1
