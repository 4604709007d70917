"""Beat's scheduler, which also says that it is alive."""

from celery.beat import PersistentScheduler
from django.core.cache import cache
from django.utils import timezone

BEAT_HEARTBEAT = "heartbeat:beat"


class NotedScheduler(PersistentScheduler):
    """The ordinary scheduler; each tick notes the time in the cache for `/sante/`."""

    max_interval = 15

    def tick(self, *args, **kwargs):
        try:
            cache.set(BEAT_HEARTBEAT, timezone.now().timestamp(), timeout=None)
        except OSError:  # The cache is down: `/sante/` will say so, beat goes on.
            pass
        return super().tick(*args, **kwargs)
