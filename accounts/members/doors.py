"""Where the members of a legal entity go: the rooms above say it, each for its own kind of entity.

A company's members have the company's space, a support structure's the advisors'. Each room
registers in its app's `ready()`: this room knows nobody above it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from accounts.models import Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """Names of the pages of one kind of entity."""

    is_for: Callable[[Organisation], bool]
    space: str
    members: str


_doors: dict[str, Door] = {}


def open_door(name: str, door: Door) -> None:
    """Register a kind of entity; registering it again replaces it."""
    _doors[name] = door


def door_of(organisation: Organisation) -> Door | None:
    """The first kind that this entity is; None when no room knows it."""
    return next((door for door in _doors.values() if door.is_for(organisation)), None)
