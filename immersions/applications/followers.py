"""What the alcoves above do when an application moves, in the same transaction.

An agreement opens with the booking, and is void when the application ends. Alcoves register in the
app's `ready()`: this one does not know them.
"""

from collections.abc import Callable
from typing import Any

from immersions.applications.models import Application

Follow = Callable[[Application, Any], None]
_booked: dict[str, Follow] = {}
_ended: dict[str, Follow] = {}


def follow(name: str, *, booked: Follow, ended: Follow) -> None:
    """Each is called with (application, by), the application being locked."""
    _booked[name], _ended[name] = booked, ended


def booked(application: Application, by: Any) -> None:
    for act in _booked.values():
        act(application, by)


def ended(application: Application, by: Any) -> None:
    for act in _ended.values():
        act(application, by)
