"""A cache that is away stops no page."""

import logging

import pytest
from django.core.cache import caches
from django.test import override_settings

NOWHERE = {"BACKEND": "core.cache.PatientCache", "LOCATION": "redis://127.0.0.1:1/0"}


@pytest.fixture
def away():
    with override_settings(CACHES={"default": NOWHERE}):
        yield caches["default"]


def test_finds_nothing_and_keeps_nothing(away):
    away.set("a", 1)
    away.set_many({"b": 2})
    assert away.get("a", "nothing") == "nothing"
    assert away.get_many(["a", "b"]) == {}
    assert "a" not in away
    assert away.delete("a") is False
    assert away.get_or_set("a", lambda: 3) == 3


def test_lets_every_lock_be_taken(away):
    """Rate limits lock before they count: they must not wait for a cache that is away."""
    assert away.add("lock", 1) is True


def test_says_so_once_and_does_not_ask_at_every_question(away, caplog):
    with caplog.at_level(logging.WARNING, logger="core.cache"):
        for _ in range(5):
            away.get("a")
    assert [record.message for record in caplog.records] == ["cache away"]


def test_works_when_it_is_there():
    caches["default"].set("é", {"a": 1}, 5)
    assert caches["default"].get("é") == {"a": 1}
    assert caches["default"].add("é", 2) is False
