"""For the load balancer (`/sante/web/`, database only) and for who watches (`/sante/`)."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from core.beat import BEAT_HEARTBEAT
from core.delivery import waiting
from core.tasks import WORKER_HEARTBEAT

SILENT_AFTER = 90  # Seconds: more than four missed beats.
LATE_AFTER = 15 * 60  # Seconds: the outbox is late when its oldest due message is older.


@never_cache
@require_safe
@login_not_required
def web(request: HttpRequest) -> JsonResponse:
    """Can this process serve pages? 503 when the database does not answer."""
    return _answer({"database": _checked(_database)})


@never_cache
@require_safe
@login_not_required
def everything(request: HttpRequest) -> JsonResponse:
    """Each part with its state; 503 when one is down. No business alarm changes the code."""
    parts = {
        "database": _checked(_database),
        "cache": _checked(_cache),
        "outbox": _checked(_outbox),
        "worker": _checked(lambda: _heartbeat(WORKER_HEARTBEAT)),
        "beat": _checked(lambda: _heartbeat(BEAT_HEARTBEAT)),
    }
    return _answer(parts)


def _answer(parts: dict[str, dict[str, Any]]) -> JsonResponse:
    ok = all(part["ok"] for part in parts.values())
    body = {"ok": ok, "version": settings.VERSION, **parts}
    return JsonResponse(body, status=200 if ok else 503)


def _checked(check: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The part's own words, or the class of what went wrong: never an address or a password."""
    try:
        return {"ok": True} | check()
    except (DatabaseError, RedisError, OSError) as error:
        return {"ok": False, "error": type(error).__name__}


def _database() -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {}


def _cache() -> dict[str, Any]:
    cache.set("sante", 1, timeout=10)
    return {"ok": cache.get("sante") == 1}


def _outbox() -> dict[str, Any]:
    state = waiting()
    return {"ok": state["oldest_seconds"] < LATE_AFTER, **state}


def _heartbeat(key: str) -> dict[str, Any]:
    at = cache.get(key)
    if at is None:
        return {"ok": False, "seconds": None}
    seconds = round(time.time() - at)
    return {"ok": seconds < SILENT_AFTER, "seconds": seconds}
