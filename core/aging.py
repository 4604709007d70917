"""Walking through time, for the demo and the tests: everything recorded becomes older.

Moving the clock would lie to PostgreSQL, to the worker and to the browser; moving the records lies
to nobody. Dates are moved on the calendar of the site, so that 9 h stays 9 h over the summer time.
"""

import datetime as dt
import re
from functools import lru_cache
from typing import Any

import pgtrigger
from celery import current_app
from django.apps import apps
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models, transaction
from django.db.models.functions import Cast

A_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
A_CENTURY = 36_525  # Days; further than any two dates of one table are apart.
# What does not get older with people: law, reference data, log-ins, letters as they were sent.
KEEPS_ITS_AGE = {"django_session", "django_migrations", "core_receivedmail"}
KEEPS_ITS_WORDS = {"core_outgoingmessage"}


def ages_not(table: str) -> None:
    """Say, from an app's `ready()`, that the dates of this table are those of the law, not of people."""
    KEEPS_ITS_AGE.add(table)


def pass_a_day() -> int:
    """Everything becomes one day older, then the sweeps run, as in the night. Returns how many ran."""
    make_older(1)
    return run_sweeps()


@transaction.atomic
def make_older(days: int) -> None:
    """Move every date that the database holds `days` days back. Histories and signatures too."""
    with pgtrigger.ignore(), connection.cursor() as cursor:
        cursor.execute(_moves_of(days))
        for model, column in _columns_of_words():
            _make_words_older(model, column, days)


def run_sweeps() -> int:
    """Each task of beat's schedule, once, here and now."""
    current_app.loader.import_default_modules()  # A command knows only the tasks that something imported.
    names = [entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()]
    for name in names:
        current_app.tasks[name].apply(throw=True)
    return len(names)


def _models() -> list[type[models.Model]]:
    every = apps.get_models(include_auto_created=True)
    ours = [it for it in every if it._meta.managed and not it._meta.proxy]
    return [it for it in ours if it._meta.db_table not in KEEPS_ITS_AGE]


@lru_cache
def _moves_of(days: int) -> str:
    """One script for all tables: a day passes in one exchange with the database."""
    return ";\n".join(update for model in _models() for update in _updates_of(model, days))


def _updates_of(model: type[models.Model], days: int) -> list[str]:
    """One step as long as the table allows it; two when its rows look at each other’s dates, so that
    no row meets, on its way, another one that has not moved yet.
    """
    dated = [field for field in model._meta.local_concrete_fields if _move(field, days) is not None]
    if not dated:
        return []
    if not _compares_dates(model, dated):
        return [_update(model, dated, days)]
    in_two = [_update(model, dated, step) for step in (days + A_CENTURY, -A_CENTURY)]
    end = next((field for field in dated if field.null and field.name in _spans(model)), None)
    if end is None:
        return in_two
    # What has no end yet crosses all that comes after it: it moves last, at once.
    column = _quoted(end.column)
    ended = [f"{update} WHERE {column} IS NOT NULL" for update in in_two]
    return [*ended, f"{_update(model, dated, days)} WHERE {column} IS NULL"]


def _update(model: type[models.Model], dated: list[models.Field], days: int) -> str:
    moves = ", ".join(f"{_quoted(field.column)} = {_move(field, days)}" for field in dated)
    return f"UPDATE {_quoted(model._meta.db_table)} SET {moves}"  # noqa: S608  Our own names.


def _spans(model: type[models.Model]) -> set[str]:
    """The columns of what may not overlap."""
    excluded = [it for it in model._meta.constraints if isinstance(it, ExclusionConstraint)]
    spans = [span for it in excluded for span, _ in it.expressions if isinstance(span, models.Func)]
    named = [it for span in spans for it in span.get_source_expressions() if isinstance(it, models.F)]
    return {it.name for it in named}  # type: ignore[attr-defined]


@lru_cache
def _columns_of_words() -> list[tuple[type[models.Model], str]]:
    return [
        (model, field.attname)
        for model in _models()
        if model._meta.db_table not in KEEPS_ITS_WORDS
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.JSONField)
    ]


def _move(field: models.Field, days: int) -> str | None:
    """The SQL of this column, moved; None when it holds no date."""
    column = _quoted(field.column)
    if isinstance(field, models.GeneratedField):
        return None
    if isinstance(field, models.DateTimeField):
        zone = f"'{settings.TIME_ZONE}'"
        return f"(({column} AT TIME ZONE {zone}) - interval '{days} days') AT TIME ZONE {zone}"
    if isinstance(field, models.DateField):
        return f"{column} - {days}"
    if isinstance(field, ArrayField) and isinstance(field.base_field, models.DateField):
        return f"ARRAY(SELECT day - {days} FROM unnest({column}) AS day)"  # noqa: S608  Idem.
    return None


def _compares_dates(model: type[models.Model], dated: list[models.Field]) -> bool:
    """Is a date part of what is unique, or of what may not overlap?"""
    names, constraints = {field.name for field in dated}, model._meta.constraints
    uniques = [it for it in constraints if isinstance(it, models.UniqueConstraint)]
    excludes = any(isinstance(it, ExclusionConstraint) for it in constraints)
    return excludes or any(names & set(it.fields) for it in uniques) or any(it.unique for it in dated)


def _make_words_older(model: type[models.Model], column: str, days: int) -> None:
    dated = model._base_manager.annotate(as_text=Cast(column, models.TextField()))
    for row in dated.filter(as_text__regex=A_DATE.pattern.replace(r"\d", "[0-9]")).only("pk", column):
        words = getattr(row, column)
        moved = _older(words, days)
        if moved != words:
            model._base_manager.filter(pk=row.pk).update(**{column: moved})


def _older(words: Any, days: int) -> Any:
    """The same JSON, with its ISO dates moved, those of its keys included."""
    if isinstance(words, dict):
        return {_older(key, days): _older(value, days) for key, value in words.items()}
    if isinstance(words, list):
        return [_older(value, days) for value in words]
    if isinstance(words, str) and A_DATE.match(words):
        return _older_day(words, days)
    return words


def _older_day(words: str, days: int) -> str:
    """« 2026-03-29 » or « 2026-03-29T09:00… »; anything else that looks like it stays as it is."""
    try:
        day = dt.date.fromisoformat(words[:10]) - dt.timedelta(days=days)
    except ValueError:
        return words
    return day.isoformat() + words[10:]


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
