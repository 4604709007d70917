"""Days counted when a test runs, not when it is read: the tests may begin before midnight."""

import datetime as dt
from typing import Any

from django.utils import timezone


def from_today(facts: dict[str, Any]) -> dict[str, Any]:
    """The same facts; each `timedelta` becomes a day."""
    today = timezone.localdate()
    return {name: today + it if isinstance(it, dt.timedelta) else it for name, it in facts.items()}
