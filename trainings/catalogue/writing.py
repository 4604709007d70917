"""Write what differs, and only that, in one statement per batch."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.db import models

Key = TypeVar("Key", bound=tuple)


def write(
    model: type[models.Model],
    known: models.QuerySet,
    wanted: Mapping[Key, dict[str, Any]],
    *,
    key: tuple[str, str],
    now: dt.datetime,
    tally: Callable[..., None],
    spared: set[Key] | frozenset[Key] = frozenset(),
) -> dict[Key, int]:
    """Make the `known` rows those `wanted`, by natural key; give the primary key of each.

    A row that is wanted is open. A known row that is not wanted is closed, unless `spared`: it
    was in the file, but could not be read.
    """
    ours = {tuple(getattr(row, part) for part in key): row for row in known}
    new, changed, reopened = [], [], 0
    for natural_key, facts in wanted.items():
        row = ours.get(natural_key)
        facts = {**facts, "closed_at": None}
        if row is None:
            new.append(model(**facts, seen_at=now))
        elif any(getattr(row, name) != value for name, value in facts.items()):
            reopened += row.closed_at is not None
            for name, value in facts.items():
                setattr(row, name, value)
            row.seen_at = now
            changed.append(row)
    _upsert(model, new + changed, key, wanted)
    gone = [
        row.pk
        for natural_key, row in ours.items()
        if natural_key not in wanted and natural_key not in spared and row.closed_at is None
    ]
    if gone:
        model._base_manager.filter(pk__in=gone).update(closed_at=now)
    tally(created=len(new), updated=len(changed) - reopened, reopened=reopened, closed=len(gone))
    return {
        tuple(getattr(row, part) for part in key): row.pk
        for row in [*ours.values(), *new]
        if tuple(getattr(row, part) for part in key) in wanted
    }


def _upsert(model: type[models.Model], rows: list, key: tuple[str, str], wanted: Mapping) -> None:
    if not rows:
        return
    columns = {*next(iter(wanted.values())), "closed_at", "seen_at"} - set(key)
    model._base_manager.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=[_field(model, name) for name in key],
        update_fields=[_field(model, name) for name in sorted(columns)],
    )


def _field(model: type[models.Model], column: str) -> str:
    """`training_id` → `training`: where Django wants the field and not its column."""
    return next(field.name for field in model._meta.concrete_fields if column in (field.name, field.attname))
