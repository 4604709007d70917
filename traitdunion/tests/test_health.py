"""What the load balancer and who watches are told."""

import time
from unittest.mock import Mock

import pytest
from django.core.cache import cache
from django.db import OperationalError
from redis.exceptions import ConnectionError as RedisGone

from core.beat import BEAT_HEARTBEAT
from core.tasks import WORKER_HEARTBEAT, note_heartbeat

pytestmark = pytest.mark.django_db


def beat(at: float) -> None:
    cache.set(BEAT_HEARTBEAT, at, timeout=None)


def test_all_is_well_when_worker_and_beat_are_heard(client):
    note_heartbeat()
    beat(time.time())
    answer = client.get("/sante/")
    assert answer.status_code == 200
    assert all(answer.json()[part]["ok"] for part in ("database", "cache", "outbox", "worker"))


@pytest.mark.parametrize("silent", [WORKER_HEARTBEAT, BEAT_HEARTBEAT])
def test_a_silent_worker_or_beat_is_told(client, silent):
    note_heartbeat()
    beat(time.time())
    cache.set(silent, time.time() - 600, timeout=None)
    answer = client.get("/sante/")
    assert answer.status_code == 503
    assert not answer.json()["ok"]


def test_pages_can_be_served_without_the_cache(client, monkeypatch):
    monkeypatch.setattr(cache, "get", Mock(side_effect=RedisGone("secret@host")))
    assert client.get("/sante/web/").status_code == 200
    answer = client.get("/sante/")
    assert answer.status_code == 503
    assert "secret" not in answer.content.decode()


def test_no_database_means_no_pages(client, monkeypatch):
    monkeypatch.setattr("traitdunion.health._database", Mock(side_effect=OperationalError("x")))
    assert client.get("/sante/web/").status_code == 503
