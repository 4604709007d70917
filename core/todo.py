"""One thing that someone must do, as their space shows it. Rooms make them, the roof lists them."""

import datetime as dt
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Exists, QuerySet


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """`templates/components/todo_card.html` shows it. Without `due_on`, it comes last."""

    what: str
    url: str
    label: str
    why: str = ""
    by: str = ""
    late: bool = False
    due_on: dt.date | None = None


def in_order(todos: list[Todo]) -> list[Todo]:
    """The nearest deadline first."""
    return sorted(todos, key=lambda todo: todo.due_on or dt.date.max)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What one alcove may ask of somebody: `due(user)` are the rows that may make a to-do (more than
    needed is allowed, less is not), `todos(user)` reads them.
    """

    due: Callable[[Any], QuerySet]
    todos: Callable[[Any], list[Todo]]


def gathered(user: Any, sources: Sequence[Source]) -> list[Todo]:
    """One query asks who has something; only those are read."""
    asked = [Exists(source.due(user)) for source in sources]
    has = get_user_model()._default_manager.filter(pk=user.pk).values_list(*asked).get()
    busy = itertools.compress(sources, has)
    return [todo for source in busy for todo in source.todos(user)]
