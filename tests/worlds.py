"""Worlds made once for a module of tests, for those that cost more to make than to look at."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from django.db import connection, transaction


def made_once(make: Callable[[], Any]) -> tuple[Any, Any]:
    """Two fixtures, to be named in a module: the world of the whole module (or several by name, in a dictionary), and
    each test's own copy of it.

    `_made, world = made_once(a_sealed_project)`. Each test works in a transaction inside of the module's one: what it
    writes is undone, and what it learns of its rows stays in its copy. Not for tests with `transaction=True`.
    """

    @pytest.fixture(scope="module")
    def made(django_db_setup: None, django_db_blocker: Any) -> Any:
        with django_db_blocker.unblock():
            outer = transaction.atomic()
            outer._from_testcase = True  # Like those of the tests in it: undone at its end.
            outer.__enter__()
            built = make()
            connection.check_constraints()  # Now, or each test would look at all these rows again before it ends.
        yield built
        with django_db_blocker.unblock():
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)

    @pytest.fixture
    def world(_made: Any, db: None) -> Any:
        return Copies(_made) if isinstance(_made, dict) else deepcopy(_made)

    return made, world


class Copies(dict):
    """Several worlds by name: copied when one takes them, not before."""

    def __getitem__(self, name: Any) -> Any:
        return deepcopy(super().__getitem__(name))
