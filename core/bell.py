"""Ringing the worker from a page, which never waits for a broker that does not answer.

The worker's own connection is patient (`CELERY_BROKER_TRANSPORT_OPTIONS`); a page's is not, and
asks no more for a while once it got no answer: beat's sweep finds what is owed.
"""

import time
from functools import lru_cache
from typing import Any

from celery import Celery, Task
from kombu import Connection, pools
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

PATIENCE = 0.4  # Seconds, for one question to the broker.
REST = 20  # Seconds.

_silent_until = 0.0


def ring(task: Task, *args: Any) -> None:
    """Ask a worker to do `task` soon. What fails is said once, then nothing is asked for a while."""
    global _silent_until
    if time.monotonic() < _silent_until:
        return
    try:
        with pools.producers[_connection(task.app)].acquire(block=True, timeout=PATIENCE) as producer:
            task.apply_async(args, producer=producer, retry=False)
    except (KombuError, RedisError, OSError):
        _silent_until = time.monotonic() + REST
        raise


@lru_cache(maxsize=1)
def _connection(app: Celery) -> Connection:
    hurried = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE, "max_retries": 0}
    return app.connection_for_write(transport_options=hurried)
