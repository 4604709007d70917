"""Which legal entities an agent sees: the rooms above say it, each for its own kind.

A company is where its people work, a training organisation where it trains. Each room registers
in its app's `ready()`: this room knows nobody above it.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Q

_ways: dict[str, Callable[[Any], Any]] = {}


def see_organisations_through(name: str, organisations_of: Callable[[Any], Any]) -> None:
    """`organisations_of(user)` gives the ids, or a queryset of ids, of entities that `user` sees."""
    _ways[name] = organisations_of


def seen_by(user: Any) -> Q:
    condition = Q(pk__in=[])
    for organisations_of in _ways.values():
        condition |= Q(pk__in=organisations_of(user))
    return condition
