"""Who one may say one is when one arrives. Each room registers its own in its app's `ready()`.

The answer waits in the session between the first question and the code that proves the address.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest

from accounts.models import User
from core.rules import RuleBroken

SESSION_KEY = "arriving_as"


def _nothing(user: User) -> None:
    """Not every arrival starts with a row of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """`begin(user)` writes what makes one of that kind; it may be called twice."""

    label: str
    hint: str
    next_page: str
    """The name of the page that comes first."""
    order: int = 0
    begin: Callable[[User], Any] = _nothing


_arrivals: dict[str, Arrival] = {}


def expect(kind: str, arrival: Arrival) -> None:
    """Register a kind of person; registering it again replaces it."""
    _arrivals[kind] = arrival


def known() -> dict[str, Arrival]:
    return dict(sorted(_arrivals.items(), key=lambda item: item[1].order))


def announce(request: HttpRequest, kind: str) -> None:
    """Remember what a visitor said, until they are logged in."""
    if kind in _arrivals:
        request.session[SESSION_KEY] = kind


def complete(request: HttpRequest) -> Arrival | None:
    """Begin what was announced. None when nothing was, or when this account may not."""
    arrival = _arrivals.get(request.session.pop(SESSION_KEY, ""))
    return arrival if arrival and begin(request, arrival) else None


def begin(request: HttpRequest, arrival: Arrival) -> bool:
    try:
        arrival.begin(cast(User, request.user))  # Just logged in.
    except RuleBroken as refusal:
        messages.warning(request, refusal.message)
        return False
    return True
