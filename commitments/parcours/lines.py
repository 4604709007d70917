"""The lines of a path, which the alcoves give; who may see which is decided in `sight`.

An alcove registers one function: `lines_of(path)` gives what it knows of this person. `path` is shared
by the sources of one page, so that two of them never read the same rows twice.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from django.utils import timezone

from candidates.models import Candidate
from core import french


class Kind(StrEnum):
    """What a line is about. `sight` has one row for each."""

    APPLICATION = "application"  # Asked, answered.
    IMMERSION = "immersion"  # The days themselves.
    AGREEMENT = "agreement"  # The act of the immersion.
    REPORT = "report"
    PROJECT = "project"  # Proposed: nobody is bound yet.
    PROMISE = "promise"  # Signed by both, changed, ended.
    SEAT = "seat"  # Asked for, validated, admitted.
    TRAINING = "training"  # Entered, finished, left.
    ABSENCE = "absence"
    CHECK_IN_PERSON = "check_in_person"
    CHECK_IN_COMPANY = "check_in_company"
    INTERNSHIP = "internship"
    CONTRACT = "contract"
    FOLLOW_UP = "follow_up"  # The question, and the person's or the advisor's answer.
    FOLLOW_UP_COMPANY = "follow_up_company"  # What the company itself has answered.


class State(StrEnum):
    DONE = "done"
    NOW = "now"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Document:
    """A paper of a line. The address is that of its own page, which checks again who reads."""

    label: str
    url: str
    seen_by: tuple[str, ...]
    structure: int | None = None
    """For an agreement: the structure that signs it; its advisors read it, another one's do not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One step: « L’organisme répond », who must act, before when, and its papers."""

    kind: Kind
    when: dt.date
    what: str
    state: State = State.DONE
    who: str = ""
    """Who acts: « Pierre et Chaux », « l’organisme »."""
    by: dt.date | None = None
    detail: str = ""
    private: str = ""
    """Read by the person, the organisation, the advisor, the agent: never by a company nor a partner."""
    yours: str = ""
    """What the person reads of themself, for `who` and `what`: « vous donnez votre bilan »."""
    your_detail: str = ""
    company: int | None = None
    organisation: int | None = None
    documents: tuple[Document, ...] = ()
    page: str = ""
    """Where the person themself reads more, and acts. Others have their own spaces."""

    @property
    def is_open(self) -> bool:
        return self.state != State.DONE

    def to_the_person(self) -> "Line":
        who, what = ("", self.yours) if self.yours else (self.who, self.what)
        return replace(self, who=who, what=what, detail=self.your_detail or self.detail)

    @property
    def sentence(self) -> str:
        """« Pierre et Chaux répond à la demande d’immersion, au plus tard le 3 décembre 2026. »"""
        words = f"{self.who} {self.what}" if self.who else self.what
        words = words[:1].upper() + words[1:]
        if self.by is None:
            return f"{words}."
        day = french.day(self.by, year=True)
        if self.state != State.NOW:
            return f"{words}, le {day}."
        if self.kind == Kind.INTERNSHIP:  # It is going on: its last day is nobody's deadline.
            return f"{words}, jusqu’au {day}."
        is_late = self.by < timezone.localdate()
        return f"{words}, attendu depuis le {day}." if is_late else f"{words}, au plus tard le {day}."


@dataclass(slots=True)
class Path:
    """One person's rows, read once."""

    candidate: Candidate
    rows: dict[str, Any] = field(default_factory=dict)


_sources: dict[str, Callable[[Path], list[Line]]] = {}


def tell(name: str, lines_of: Callable[[Path], list[Line]]) -> None:
    """Registering again replaces it."""
    _sources[name] = lines_of


def lines_of(path: Path) -> list[Line]:
    """Every line, from the first application to a year after: the past first, then what comes."""
    lines = [line for source in _sources.values() for line in source(path)]
    order = {State.DONE: 0, State.NOW: 1, State.NEXT: 2}
    return sorted(lines, key=lambda it: (order[it.state], it.by or it.when if it.is_open else it.when))


def next_of(lines: list[Line]) -> Line | None:
    """What comes first among what somebody must do; else the next date."""
    return next((line for line in lines if line.is_open), None)
