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
    ours = {_key_of(row, key): row for row in known}
    new = [model(**facts, seen_at=now) for name, facts in wanted.items() if name not in ours]
    changed, reopened = _changed(ours, wanted, now)
    _upsert(model, new + changed, key, wanted)
    unseen = ours.keys() - wanted.keys() - spared
    gone = [ours[name].pk for name in unseen if ours[name].closed_at is None]
    if gone:
        model._base_manager.filter(pk__in=gone).update(closed_at=now)
    tally(created=len(new), updated=len(changed) - reopened, reopened=reopened, closed=len(gone))
    written = [*new, *(ours[name] for name in ours.keys() & wanted.keys())]
    return {_key_of(row, key): row.pk for row in written}


def _changed(ours: Mapping, wanted: Mapping, now: dt.datetime) -> tuple[list, int]:
    """The rows that say something else than what is wanted, set right; how many were closed."""
    changed, reopened = [], 0
    for name in ours.keys() & wanted.keys():
        row, facts = ours[name], {**wanted[name], "closed_at": None}
        if any(getattr(row, column) != value for column, value in facts.items()):
            reopened += row.closed_at is not None
            for column, value in facts.items():
                setattr(row, column, value)
            row.seen_at = now
            changed.append(row)
    return changed, reopened


def _key_of(row: models.Model, key: tuple[str, str]) -> Any:
    return tuple(getattr(row, part) for part in key)


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
