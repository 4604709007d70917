"""A page never waits for a broker that does not answer."""

import socket
import time

import pytest
from celery import Celery
from kombu.exceptions import OperationalError

from core import bell


@pytest.fixture
def frozen():
    """A broker that accepts the connection, and then says nothing: stopped, or out of memory."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        app = Celery("frozen", broker=f"redis://127.0.0.1:{silent.getsockname()[1]}/0", set_as_current=False)

        @app.task(name="frozen.task")
        def nothing():
            pass

        yield nothing


@pytest.fixture(autouse=True)
def not_silent(monkeypatch):
    monkeypatch.setattr(bell, "_silent_until", 0.0)
    bell._connection.cache_clear()
    yield
    bell._connection.cache_clear()


def test_a_frozen_broker_costs_a_page_less_than_a_second(frozen):
    begun = time.monotonic()
    with pytest.raises(OperationalError):
        bell.ring(frozen)
    assert time.monotonic() - begun < 1


def test_then_nothing_is_asked_for_a_while(frozen):
    with pytest.raises(OperationalError):
        bell.ring(frozen)
    begun = time.monotonic()
    for _ in range(20):
        bell.ring(frozen)
    assert time.monotonic() - begun < 0.1


def test_and_then_it_is_asked_again(frozen, monkeypatch):
    monkeypatch.setattr(bell, "REST", 0)
    for _ in range(2):
        with pytest.raises(OperationalError):
            bell.ring(frozen)
