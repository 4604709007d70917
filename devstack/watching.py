"""What one does when a part of the site falls: bring it back, or stop everything and say why."""

import time
from collections import Counter
from collections.abc import Sequence

from devstack.console import warn
from devstack.places import LOGS
from devstack.processes import Child, kill_group

NEEDED = frozenset({"Site", "PostgreSQL"})
AWAY, FALLS = 5, 3  # Seconds before it comes back; a part that keeps falling has something to say.


def watch(parts: Sequence[Child], *, away: float = AWAY) -> int:
    """Stay until the person asks to stop. Queue, worker and beat come back when they fall: the site
    lives without them. With its pages or its data missing it must not look alive.
    """
    falls: Counter[str] = Counter()
    while True:
        fallen = [part for part in parts if part.exit_code is not None]
        if lost := [part for part in fallen if part.name in NEEDED or falls[part.name] >= FALLS]:
            return give_up(lost)
        if fallen:
            falls.update(part.name for part in fallen)
            bring_back(fallen, away)
        time.sleep(min(away, 0.5))


def bring_back(fallen: Sequence[Child], away: float) -> None:
    for child in fallen:
        warn(
            f"{child.name} s’est arrêté (code {child.exit_code}) : le site continue, il revient dans {away:.0f} s."
        )
    time.sleep(away)
    for child in fallen:
        if child.process:
            kill_group(child.process.pid)  # The processes that it had started itself.
        child.start()
        warn(f"{child.name} : redémarré")


def give_up(lost: Sequence[Child]) -> int:
    for child in lost:
        warn(f"\n{child.name} s’est arrêté (code {child.exit_code}). Ses derniers mots :")
        warn(child.last_words())
    warn(f"\nTout s’arrête donc. Les journaux sont dans {LOGS}.")
    return 1
