"""What a restart of PostgreSQL leaves in the pool is never handed to a page."""

import pytest
from django.db import connection


@pytest.fixture
def pooled():
    """A connection as the site takes them, from a pool of one."""
    one = connection.copy()
    one.settings_dict["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 1, "timeout": 5}
    yield one
    one.close()
    one.close_pool()


def number_of(one) -> int:
    with one.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_was_cut_while_nobody_used_it_is_replaced(pooled):
    first = number_of(pooled)
    pooled.close()  # Back in the pool, as at the end of a page.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [first])
    assert number_of(pooled) != first
