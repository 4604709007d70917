"""How long one waits, Region by Region: the one place that sweeps, pages and messages read.

A lifecycle says once, at the start, which of its waits a Region may lengthen or shorten
(`let_regions_choose`); its workflow table holds the usual days. `RegionWait` holds what a Region chose.
What is no wait (when one asks how a training goes, how soon an internship is announced) is the Region's own column.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from core.rules import constraints_speak
from core.workflow import Wait
from territories.models import Department, Region, RegionWait

KEY, COURSES_KEY, FRESH_FOR = "region-waits", "region-courses", 300  # seconds
GRACE = dt.timedelta(days=3)  # Between the last warning and an end brought forward.
STEPS = ("first_reminder", "second_reminder", "agent", "end")
CALENDAR, WORKING = "jours", "jours ouvrés"
AGENT_TASK = "agent_task"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A wait that a Region may change."""

    name: str
    title: str
    unit: str
    wait: Wait

    @property
    def usual(self) -> dict[str, int]:
        """Its steps and their days, as the workflow's table has them."""
        steps = dict(zip(STEPS, self.wait.reminders, strict=False))
        steps |= {"agent": self.wait.escalation or 0, "end": self.wait.end or 0}
        return {step: days for step in STEPS if (days := steps.get(step))}


_choices: dict[str, Choice] = {}


def let_regions_choose(name: str, wait: Wait | None, *, title: str, unit: str = CALENDAR) -> None:
    """Once, at the start; the same name again replaces it."""
    if wait is None:
        raise ValueError(f"{name} has no wait in its table")
    _choices[name] = Choice(name=name, title=title, unit=unit, wait=wait)


def choices() -> list[Choice]:
    """In the order of the lifecycles."""
    return list(_choices.values())


def wait_in(department: str, name: str) -> Wait:
    """The wait `name` where it happens: the days of the Region of that department, else the usual ones."""
    choice = _choices[name]
    chosen = _all_chosen().get((department, name))
    return choice.wait if chosen is None else _with_days(choice, chosen)


def waits_of(name: str, department_of: Callable[[Any], str]) -> Callable[[Any, Wait], Wait]:
    """For a `Watch`: its rows wait as their Region says."""
    return lambda row, wait: wait_in(department_of(row), name)


def days_in(region: Region, name: str) -> dict[str, int]:
    """What an agent reads and changes: each step and its days."""
    usual = _choices[name].usual
    row = RegionWait.objects.filter(region=region, name=name).first()
    return usual if row is None else {step: getattr(row, step) or days for step, days in usual.items()}


@transaction.atomic
def choose(region: Region, name: str, days: dict[str, int | None]) -> None:
    """From now on `region` waits so; a step left out, or empty, keeps its usual days. Raises RuleBroken."""
    wanted = proposed(region, name, days)
    end_from = _end_from(region, name, wanted.end)
    mine = RegionWait.objects.filter(region=region, name=name)
    with constraints_speak(RegionWait):
        chosen = {step: getattr(wanted, step) for step in STEPS}
        is_usual = {step: days for step, days in chosen.items() if days} == _choices[name].usual
        if is_usual and (end_from is None or end_from <= timezone.localdate()):
            mine.delete()
        else:
            RegionWait.objects.update_or_create(
                region=region, name=name, defaults=chosen | {"end_from": end_from}
            )
    transaction.on_commit(forget)


def _end_from(region: Region, name: str, end: int | None) -> dt.date | None:
    """An end brought forward warns whoever waits first. One that was brought forward just before still does."""
    row = RegionWait.objects.filter(region=region, name=name).first()
    before = (row and row.end) or _choices[name].usual.get("end")
    if end and before and end < before:
        return timezone.localdate() + GRACE
    return row.end_from if row else None


def proposed(region: Region, name: str, days: dict[str, int | None]) -> RegionWait:
    """What `choose` would keep: an unsaved row, for a form to check."""
    usual = _choices[name].usual
    wanted = {step: days.get(step) or usual[step] for step in usual}
    return RegionWait(region=region, name=name, **wanted)


def forget() -> None:
    """Every process reads them again."""
    cache.delete_many([KEY, COURSES_KEY])


@dataclass(frozen=True, slots=True)
class CourseDelays:
    """Around a training: how long it must be to ask once, twice how it goes; how soon a stay is announced."""

    check_in_from_days: int
    check_in_twice_from_days: int
    internship_notice_days: int


OF_COURSES = tuple(CourseDelays.__dataclass_fields__)
USUAL_IN_COURSES = CourseDelays(*(Region._meta.get_field(name).get_default() for name in OF_COURSES))  # type: ignore[union-attr]


def courses_in(department: str) -> CourseDelays:
    """Those of the Region of `department`; the usual ones where it is unknown."""
    return CourseDelays(*courses_apart().get(department, dataclasses.astuple(USUAL_IN_COURSES)))


def courses_apart() -> dict[str, tuple[int, int, int]]:
    """The departments whose Region does otherwise than usual."""
    found = cache.get(COURSES_KEY)
    if found is None:
        usual = dataclasses.astuple(USUAL_IN_COURSES)
        rows = Department.objects.values_list("pk", *(f"region__{name}" for name in OF_COURSES))
        found = {code: tuple(days) for code, *days in rows if tuple(days) != usual}
        cache.set(COURSES_KEY, found, FRESH_FOR)
    return found


def _all_chosen() -> dict[tuple[str, str], tuple[Any, ...]]:
    """Few rows: one reading for all of them, kept where every process finds it."""
    found = cache.get(KEY)
    if found is None:
        rows = RegionWait.objects.values_list("region__departments", "name", *STEPS, "end_from")
        found = {(department, name): tuple(days) for department, name, *days in rows}
        cache.set(KEY, found, FRESH_FOR)
    return found


def _with_days(choice: Choice, chosen: tuple[Any, ...]) -> Wait:
    """Only the steps that the table has: a row written for an older table adds none."""
    *steps, end_from = chosen
    mine = dict(zip(STEPS, steps, strict=True))
    days = {step: mine[step] or usual for step, usual in choice.usual.items()}
    return dataclasses.replace(
        choice.wait,
        reminders=tuple(days[step] for step in STEPS[:2] if step in days),
        escalation=days.get("agent"),
        end=days.get("end"),
        end_from=end_from,
    )
