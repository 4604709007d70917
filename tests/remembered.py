"""A world that this process of tests has made before is written again as its rows, not made again.

A sealed project is four hundred questions to PostgreSQL, asked one after the other by the actions themselves, and half of the
tests begin with one. The first of a process is made by those actions; its rows are kept, and the next test that begins with
the same words finds them again by one statement, with the same keys. A test that has already written anything, changed a
setting or gone to another hour has its world made for it, as if nothing were kept; so has one that gives a row.
"""

import datetime as dt
import pickle
from collections.abc import Callable
from decimal import Decimal
from functools import cache, wraps
from typing import Any, NamedTuple, ParamSpec, TypeVar

from django.conf import UserSettingsHolder, settings
from django.db import connection, transaction
from django.utils import timezone
from factory.django import DjangoModelFactory
from factory.enums import CREATE_STRATEGY
from psycopg.sql import SQL, Composable, Identifier, Literal

P, R = ParamSpec("P"), TypeVar("R")
PLAIN = (str, int, float, Decimal, dt.date, dt.time, dt.timedelta, type(None))
FRESH = dt.timedelta(minutes=10)

WRITTEN = """
SELECT string_agg(format(
    'SELECT %1$L, jsonb_agg(to_jsonb(it))::text FROM %1$I it WHERE xmin::text::bigint >= %2$s HAVING count(*) > 0',
    relname, pg_current_xact_id()::xid::text
), ' UNION ALL ')
FROM pg_stat_xact_user_tables WHERE schemaname = 'public' AND n_tup_ins + n_tup_upd > 0
"""
"""The question that reads all the rows of this transaction; it counts too many tables sometimes, never too few."""
COLUMNS = """
SELECT attname FROM pg_attribute
WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
"""
AGAIN = "INSERT INTO {table} ({columns}) SELECT {columns} FROM jsonb_populate_recordset(NULL::{table}, {rows}::jsonb)"
AS_THEY_ARE = "SET LOCAL session_replication_role = {}"
"""What was checked when it was made is written without triggers, in any order."""
MAY_WRITE = """
SELECT coalesce(
    (SELECT has_parameter_privilege(name, 'SET') FROM pg_settings WHERE name = 'session_replication_role'), false
)
"""


class Kept(NamedTuple):
    rows: str
    world: bytes
    after_commit: list[tuple[Callable[[], Any], bool]]
    made_at: dt.datetime

    def is_fresh(self) -> bool:
        return dt.timedelta() <= timezone.now() - self.made_at < FRESH

    def again(self) -> Any:
        raw(self.rows)
        for ring, robust in self.after_commit:
            transaction.on_commit(ring, robust=robust)
        return pickle.loads(self.world)  # noqa: S301 — our own, of this process.


_kept: dict[tuple[Any, ...], Kept] = {}


def remembered(make: Callable[P, R]) -> Callable[P, R]:
    """For a function of a `factories.py`."""

    @wraps(make)
    def made(*args: P.args, **options: P.kwargs) -> R:
        return once(make, (args, sorted(options.items())), lambda: make(*args, **options))

    return made


def of_factory(cls: type[DjangoModelFactory], **options: Any) -> Any:
    """For each factory of rows."""
    return once(cls, sorted(options.items()), lambda: cls._generate(CREATE_STRATEGY, options))


DjangoModelFactory.create = classmethod(of_factory)


def once(what: object, said: Any, make: Callable[[], R]) -> R:
    if not (is_plain(said) and nothing_is_written()):
        return make()
    key = (what, repr(said), timezone.localdate())
    if key in _kept and _kept[key].is_fresh():
        return _kept[key].again()
    before, made_at = len(connection.run_on_commit), timezone.now()
    world = make()
    after_commit = [(ring, robust) for _, ring, robust in connection.run_on_commit[before:]]
    _kept[key] = Kept(as_rows(), pickle.dumps(world), after_commit, made_at)
    return world


def is_plain(said: Any) -> bool:
    if isinstance(said, (list, tuple)):
        return all(is_plain(it) for it in said)
    if isinstance(said, dict):
        return all(is_plain(it) for it in said.items())
    return isinstance(said, PLAIN)


def nothing_is_written() -> bool:
    """This is a test that is undone at its end, and it still sees what the migrations wrote, under the usual settings."""
    blocks = connection.atomic_blocks
    if not blocks or not blocks[0]._from_testcase or isinstance(settings._wrapped, UserSettingsHolder):
        return False
    return may_write_rows() and ask("SELECT pg_current_xact_id_if_assigned() IS NULL")


@cache
def may_write_rows() -> bool:
    """On the servers of `dev.py test`; another's may not let us."""
    return ask(MAY_WRITE)


def as_rows() -> str:
    """The statements that write again all that this transaction has written."""
    connection.check_constraints()
    statements: list[Composable] = [SQL(AS_THEY_ARE).format(Literal("replica"))]
    for name, rows in raw(raw(WRITTEN).fetchone()[0]):
        columns = SQL(", ").join(Identifier(it) for (it,) in raw(COLUMNS, [f'"{name}"']))
        statements.append(SQL(AGAIN).format(table=Identifier(name), columns=columns, rows=Literal(rows)))
    statements.append(SQL(AS_THEY_ARE).format(Literal("origin")))
    return SQL(";").join(statements).as_string(connection.connection)


def ask(question: str) -> bool:
    return bool(raw(question).fetchone()[0])


def raw(statement: str, said: list[Any] | None = None) -> Any:
    """Not counted among the questions that a test counts."""
    connection.ensure_connection()
    return connection.connection.execute(statement, said)
