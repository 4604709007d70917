"""Lifecycles one can read as a table.

A workflow is a handful of `Transition`s and `Wait`s declared beside the model they move.
`apply()` is the only place where a status changes: it refuses what the table does not list, and
writes down who moved what, in which role, and when. `Wait`s say how long a status may last before
a reminder, an escalation and an end; `core.waits` sweeps them by state and date.
"""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from core.rules import RuleBroken

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

    from core.models import Stateful

SYSTEM = "system"  # Nobody asked: a date did.


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One line of a lifecycle: from, to, who may, and whether a reason is owed."""

    name: str
    label: str
    sources: tuple[str, ...]
    target: str
    who: tuple[str, ...]
    needs_reason: bool = False
    owes: tuple[str, ...] = ()
    """Kinds of the messages that the move owes; a test holds the actions to it."""

    def is_possible_from(self, status: str) -> bool:
        return status in self.sources

    def may_be_done_by(self, role: str) -> bool:
        return role in self.who


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """How long a status may last. Days are counted since `Stateful.waiting_since`: calendar days,
    unless the lifecycle's `Watch` counts others.
    """

    status: str
    owner: str
    reminders: tuple[int, ...] = ()
    escalation: int | None = None
    end: int | None = None
    end_from: dt.date | None = None
    """An end brought forward ends nobody before that day: who would have ended sooner is warned first."""

    @property
    def steps(self) -> tuple[tuple[int, str], ...]:
        """Every step in order of its day: ((3, "remind"), (7, "remind"), (8, "escalate"), …)."""
        steps = [(day, "remind") for day in self.reminders]
        if self.escalation is not None:
            steps.append((self.escalation, "escalate"))
        if self.end is not None:
            steps.append((self.end, "end"))
        return tuple(sorted(steps))


@dataclass(frozen=True, slots=True, kw_only=True)
class Workflow:
    """A whole lifecycle: what a product owner reads, and what the tests go through."""

    transitions: tuple[Transition, ...]
    waits: tuple[Wait, ...] = ()

    def wait(self, status: str) -> Wait | None:
        return next((wait for wait in self.waits if wait.status == status), None)

    def is_decided(self, name: str, status: str, role: str) -> bool:
        """May someone in `role` do `name` from `status`? Unknown names are a plain no."""
        return any(
            t.name == name and t.is_possible_from(status) and t.may_be_done_by(role) for t in self.transitions
        )


MOVED = "transition"  # The code of a refusal when the thing stands elsewhere by now.


def check(transition: Transition, thing: "Stateful", *, role: str, note: str = "") -> None:
    """Raise RuleBroken, with its sentence, unless `role` may move `thing` now."""
    if not transition.is_possible_from(thing.status):
        raise RuleBroken(
            f"« {transition.label} » n’est plus possible : {thing.status_for(role).lower()}.",
            code=MOVED,
        )
    if not transition.may_be_done_by(role):
        raise RuleBroken(f"« {transition.label} » n’est pas de votre ressort.", code="role")
    if transition.needs_reason and not note.strip():
        raise RuleBroken("Dites pourquoi, en quelques mots.", code="reason")


def why_not(transition: Transition, thing: "Stateful", *, role: str) -> str:
    """The sentence that `role` would read by moving `thing` now; empty when they may."""
    try:
        check(transition, thing, role=role, note="asked by the form")
    except RuleBroken as refusal:
        return str(refusal.message)
    return ""


def apply(
    transition: Transition,
    thing: "Stateful",
    *,
    role: str,
    by: "AbstractBaseUser | None",
    note: str = "",
    data: dict[str, Any] | None = None,
) -> None:
    """Move a locked `thing` along `transition`. `by` is None when nobody asked (a sweep).

    Raises RuleBroken when the table does not list the move, for this status or this role.
    """
    check(transition, thing, role=role, note=note)
    before = thing.status
    thing.status = transition.target
    if before != thing.status:
        thing.status_since = timezone.now()
        thing.restart_wait()
    thing.save()
    thing.record(transition.name, before=before, role=role, by=by, note=note, data=data)
