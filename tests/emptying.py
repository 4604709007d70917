"""After a test of `transaction=True`, the tables that hold something are emptied, and no other; then they hold again what
the migrations wrote, as every other test finds them.

Django would empty all of them, a hundred and forty, then write again the kinds of content and the permissions, which no
test changes for long: a fifth of a second each time, four times what it costs here. And what migrations wrote would be lost.
"""

from django.db import connection, transaction
from django.test import TransactionTestCase

KEPT = {"django_content_type", "auth_permission"}
"""Django writes them from the models."""
FIRST = "first_rows"
"""The schema that holds what migrations wrote."""


def remember_the_first_rows() -> None:
    """Once, before the first test."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {FIRST}")
        for table in _filled(cursor):
            cursor.execute(f"CREATE TABLE IF NOT EXISTS {FIRST}.{table} AS TABLE {table}")


def leave_nothing(_test: TransactionTestCase) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        # Foreign keys are looked at when the transaction ends: no order is better than another.
        cursor.execute(";".join(f"DELETE FROM {it}" for it in _filled(cursor)))  # noqa: S608
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = %s", [FIRST])
        for (table,) in cursor.fetchall():
            cursor.execute(f"INSERT INTO {table} TABLE {FIRST}.{table}")


def _filled(cursor) -> list[str]:
    tables = set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - KEPT
    cursor.execute(" UNION ALL ".join(f"SELECT '{it}' WHERE EXISTS (SELECT FROM {it})" for it in tables))  # noqa: S608
    return [name for (name,) in cursor.fetchall()]


TransactionTestCase._fixture_teardown = leave_nothing
