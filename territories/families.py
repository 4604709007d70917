"""The families of occupations, kept in memory: they change once in ten years."""

import time

from territories.models import OccupationFamily

FRESH_FOR = 300  # seconds


def families() -> dict[str, str]:
    """Letter and name, read once in a while."""
    if not _families["names"] or time.monotonic() - _families["at"] > FRESH_FOR:
        _families.update(
            names=dict(OccupationFamily.objects.values_list("letter", "name")), at=time.monotonic()
        )
    return _families["names"]


_families: dict = {"names": {}, "at": 0.0}
