"""A cache that may be away: pages go on without it, and a log line says so.

What it holds is never the truth (rate limits, computed pages, heartbeats). While it does not
answer, nothing is found in it and nothing is counted by it.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

REST = 3  # Seconds without asking again: a page does not wait for each of its questions.


class PatientClient(RedisCacheClient):
    _away_until = 0.0

    def _ask(self, question: Callable[[], Any], otherwise: Any) -> Any:
        if time.monotonic() < self._away_until:
            return otherwise
        try:
            return question()
        except (RedisError, OSError) as error:
            self._away_until = time.monotonic() + REST
            logger.warning("cache away", extra={"error_class": type(error).__name__})
            return otherwise

    def add(self, key, value, timeout):
        return self._ask(lambda: super(PatientClient, self).add(key, value, timeout), True)  # noqa: FBT003

    def get(self, key, default):
        return self._ask(lambda: super(PatientClient, self).get(key, default), default)

    def set(self, key, value, timeout):
        return self._ask(lambda: super(PatientClient, self).set(key, value, timeout), None)

    def touch(self, key, timeout):
        return self._ask(lambda: super(PatientClient, self).touch(key, timeout), False)  # noqa: FBT003

    def delete(self, key):
        return self._ask(lambda: super(PatientClient, self).delete(key), False)  # noqa: FBT003

    def get_many(self, keys):
        return self._ask(lambda: super(PatientClient, self).get_many(keys), {})

    def has_key(self, key):
        return self._ask(lambda: super(PatientClient, self).has_key(key), False)  # noqa: FBT003

    def set_many(self, data, timeout):
        return self._ask(lambda: super(PatientClient, self).set_many(data, timeout), None)

    def delete_many(self, keys):
        return self._ask(lambda: super(PatientClient, self).delete_many(keys), None)

    def clear(self):
        return self._ask(lambda: super(PatientClient, self).clear(), False)  # noqa: FBT003


class PatientCache(RedisCache):
    def __init__(self, server, params):
        super().__init__(server, params)
        self._class = PatientClient
