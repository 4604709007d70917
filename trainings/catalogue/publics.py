from collections.abc import Iterable

from trainings.models import TargetPublic


class Publics:
    """The codes that a catalogue names: each is written once, and an agent says it in clear words."""

    def __init__(self) -> None:
        self._known: set[str] = set()

    def write(self, codes: Iterable[str]) -> None:
        fresh = set(codes) - self._known
        if fresh:
            rows = [TargetPublic(code=code) for code in sorted(fresh)]
            TargetPublic.objects.bulk_create(rows, ignore_conflicts=True)
        self._known |= fresh
