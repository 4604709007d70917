"""Walking through time, for the demo and the tests: everything recorded becomes older.

Moving the clock would lie to PostgreSQL, to the worker and to the browser; moving the records lies
to nobody. Dates are moved on the calendar of the site, so that 9 h stays 9 h over the summer time.
"""

import datetime as dt
import re
from typing import Any

import pgtrigger
from celery import current_app
from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models, transaction

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
        for model in apps.get_models(include_auto_created=True):
            if model._meta.managed and not model._meta.proxy and model._meta.db_table not in KEEPS_ITS_AGE:
                _make_rows_older(cursor, model, days)


def run_sweeps() -> int:
    """Each task of beat's schedule, once, here and now."""
    current_app.loader.import_default_modules()  # A command knows only the tasks that something imported.
    names = [entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()]
    for name in names:
        current_app.tasks[name].apply(throw=True)
    return len(names)


def _make_rows_older(cursor: Any, model: type[models.Model], days: int) -> None:
    dated = [field for field in model._meta.local_concrete_fields if _move(field, days) is not None]
    if dated:
        # One step as long as the table allows it; two when a date is part of what is unique, so that
        # no row meets, on its way, another one that has not moved yet.
        steps = [days + A_CENTURY, -A_CENTURY] if _has_unique_date(model, dated) else [days]
        for step in steps:
            moves = ", ".join(f"{_quoted(field.column)} = {_move(field, step)}" for field in dated)
            cursor.execute(f"UPDATE {_quoted(model._meta.db_table)} SET {moves}")  # noqa: S608  Our own names.
    if model._meta.db_table not in KEEPS_ITS_WORDS:
        for field in model._meta.local_concrete_fields:
            if isinstance(field, models.JSONField):
                _make_words_older(model, field.attname, days)


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


def _has_unique_date(model: type[models.Model], dated: list[models.Field]) -> bool:
    names = {field.name for field in dated}
    uniques = [it for it in model._meta.constraints if isinstance(it, models.UniqueConstraint)]
    return any(names & set(it.fields) for it in uniques) or any(field.unique for field in dated)


def _make_words_older(model: type[models.Model], column: str, days: int) -> None:
    for row in model._base_manager.exclude(**{f"{column}__isnull": True}).only("pk", column).iterator():
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
