"""Small rows of a bigger one, in the query that reads it: a path costs the same whatever its length."""

import datetime as dt
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone


def rows_of(rows: QuerySet, owner: str, *fields: str, **others: Any) -> ArraySubquery:
    """The rows whose `owner` is the outer row, as dicts; their dates come as text (`as_day`)."""
    values = {name: F(name) for name in fields} | others
    return ArraySubquery(rows.filter(**{owner: OuterRef("pk")}).values(json=JSONObject(**values)))


def as_day(text: str | None) -> dt.date | None:
    """A day, or the day of a moment, in Paris."""
    if not text:
        return None
    if len(text) == len("2026-11-22"):
        return dt.date.fromisoformat(text)
    return timezone.localtime(dt.datetime.fromisoformat(text)).date()


def day_of(text: str) -> dt.date:
    day = as_day(text)
    if day is None:
        raise ValueError("a date was expected")
    return day
