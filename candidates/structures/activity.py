"""What else an advisor reads about a person: the rooms above say it, line by line."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that the person has going on: « Maçon, chez L’Atelier : Réservée, lundi 7 décembre »."""

    title: str
    where: str
    status: str
    when: str = ""
    url: str = ""
    """The advisor's own page about it, if there is one."""


_sources: dict[str, Callable[[Any], list[Line]]] = {}


def show(name: str, lines_of: Callable[[Any], list[Line]]) -> None:
    """`lines_of(candidate)` gives what this room knows; registering again replaces it."""
    _sources[name] = lines_of


def lines_of(candidate: Any) -> list[Line]:
    return [line for source in _sources.values() for line in source(candidate)]
