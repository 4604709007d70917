"""Beat's scheduler, which also says that it is alive."""

from contextlib import suppress

from celery.beat import PersistentScheduler
from django.core.cache import cache
from django.utils import timezone
from redis.exceptions import RedisError

BEAT_HEARTBEAT = "heartbeat:beat"


class NotedScheduler(PersistentScheduler):
    """The ordinary scheduler; each tick notes the time in the cache for `/sante/`."""

    max_interval = 15

    def tick(self, *args, **kwargs):
        with suppress(OSError, RedisError):  # The cache is down: `/sante/` will say so, beat goes on.
            cache.set(BEAT_HEARTBEAT, timezone.now().timestamp(), timeout=None)
        return super().tick(*args, **kwargs)
