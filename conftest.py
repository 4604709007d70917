"""What every test finds ready: a careful client, no way out, a clean cache."""

import fcntl
import gc
import os
import socket
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection

from tests import absences, emptying
from tests.polite_client import PoliteClient

HERE = ("127.0.0.1", "::1", "localhost")


@pytest.fixture
def client() -> PoliteClient:
    return PoliteClient()


@pytest.fixture(autouse=True)
def _alone(monkeypatch):
    """No test speaks to the outside: an API is a recorded answer."""
    connect = socket.socket.connect

    def only_here(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in HERE:
            pytest.fail(f"this test tries to reach {address}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", only_here)


@pytest.fixture(autouse=True)
def _clean_cache():
    yield
    cache.clear()


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """`with commit():` runs what waits for the end of the transaction, messages first of all."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def reference_data() -> Path:
    """The folder of full reference files (mark the test with `reference_data`)."""
    return Path(os.environ["REFERENCE_DATA"])


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """This worker's database is a copy of the one that `dev.py test` fills meanwhile, when it makes its own."""
    if held := os.environ.get("TABLES_IN_THE_MAKING"):
        with Path(held).open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH)
        connection.settings_dict["TEST"]["TEMPLATE"] = os.environ["TABLES_TO_COPY"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        emptying.remember_the_first_rows()


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser (mark the test with `browser`)."""
    return os.environ["CHROMIUM"]


def pytest_collection_modifyitems(items):
    absences.skip_what_cannot_run(items)
    items.sort(key=is_short)  # The longest first: the last minute is shared by all workers, not left to one.


def is_short(item) -> bool:
    """Neither a browser to open nor the whole demo to fill."""
    return not (item.get_closest_marker("browser") or item.get_closest_marker("deep_too"))


def pytest_collection_finish():
    """What is loaded by now stays to the end: the collector of cycles need not read it again at each turn."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_terminal_summary(terminalreporter):
    absences.say_what_was_skipped(terminalreporter)
