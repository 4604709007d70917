"""Make the table say what the file says, writing only what differs."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.db import models

from territories.imports.report import Report

BATCH = 1000
M = TypeVar("M", bound=models.Model)


def follow_rows(
    model: type[M], wanted: Sequence[M], fields: Sequence[str], report: Report | None = None
) -> list[M]:
    """Create what is new, change what differs. Gives back the rows written."""
    manager = model._default_manager
    attributes = [model._meta.get_field(name).attname for name in fields]  # type: ignore[union-attr]
    known = manager.in_bulk([row.pk for row in wanted])
    new = [row for row in wanted if row.pk not in known]
    changed = [
        row
        for row in wanted
        if row.pk in known and any(getattr(row, name) != getattr(known[row.pk], name) for name in attributes)
    ]
    manager.bulk_create(
        new + changed,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=[model._meta.pk.name],
        update_fields=list(fields),
    )
    if report:
        report.created += len(new)
        report.changed += len(changed)
        report.unchanged += len(wanted) - len(new) - len(changed)
    return new + changed


def follow_values(
    model: type[models.Model], owner: str, value: str, wanted: Iterable[tuple[str, str]]
) -> set[str]:
    """Give each owner exactly these values. Says which owners changed."""
    pairs = set(wanted)
    owners = {each for each, _ in pairs}
    rows = model._default_manager.filter(**{f"{owner}__in": owners})
    known = {(each, text): pk for each, text, pk in rows.values_list(owner, value, "pk")}
    gone = known.keys() - pairs
    new = sorted(pairs - known.keys())
    rows.filter(pk__in=[known[pair] for pair in gone]).delete()
    model._default_manager.bulk_create(
        [model(**{f"{owner}_id": each, value: text}) for each, text in new], batch_size=BATCH
    )
    return {each for each, _ in gone | set(new)}
