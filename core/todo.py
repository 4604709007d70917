"""One thing that someone must do, as their space shows it. Rooms make them, the roof lists them."""

import datetime as dt
from dataclasses import dataclass


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
