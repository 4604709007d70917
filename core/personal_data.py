"""Each room that keeps personal data says how to export it and how to erase it.

`accounts` calls these for "Télécharger mes données" and "Supprimer mon compte"; a room registers
itself in its app's `ready()`, so that nothing has to know every room.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeper:
    """A room that keeps personal data: `export(user)` gives JSON-able data, `erase(user)` removes
    or anonymises it; `obstacle(user)` is a French sentence when erasing must wait, else "".
    """

    title: str
    export: Callable[[Any], Any]
    erase: Callable[[Any], None]
    obstacle: Callable[[Any], str] = lambda user: ""


_keepers: dict[str, Keeper] = {}


def keep(name: str, keeper: Keeper) -> None:
    """Register a room; the order of registration is the order of the export."""
    _keepers[name] = keeper


def export_all(user: Any) -> dict[str, Any]:
    return {keeper.title: keeper.export(user) for keeper in _keepers.values()}


def obstacles(user: Any) -> list[str]:
    return [why for keeper in _keepers.values() if (why := keeper.obstacle(user))]


def erase_all(user: Any) -> None:
    """Erase from the last registered to the first: the account itself goes last."""
    for keeper in reversed(_keepers.values()):
        keeper.erase(user)
