"""What the alcoves above do when an application moves, in the same transaction.

An agreement opens with the booking, loses its signatures when the dates move, and is void when the
application ends. Alcoves register in the app's `ready()`: this one does not know them.
"""

from collections.abc import Callable
from typing import Any

from immersions.applications.models import Application

Follow = Callable[[Application, Any], None]
_booked: dict[str, Follow] = {}
_ended: dict[str, Follow] = {}
_moved: dict[str, Follow] = {}


def nothing(application: Application, by: Any) -> None:
    """For whom a move changes nothing."""


def follow(name: str, *, booked: Follow = nothing, ended: Follow = nothing, moved: Follow = nothing) -> None:
    """Each is called with (application, by), the application being locked."""
    _booked[name], _ended[name], _moved[name] = booked, ended, moved


def booked(application: Application, by: Any) -> None:
    for act in _booked.values():
        act(application, by)


def ended(application: Application, by: Any) -> None:
    for act in _ended.values():
        act(application, by)


def moved(application: Application, by: Any) -> None:
    """The dates are others: what was signed was signed for the old ones."""
    for act in _moved.values():
        act(application, by)
