"""Every lifecycle of this room that must not wait in silence, for the sweep of `core.waits`."""

from core import waits
from immersions.applications.watch import WATCH as APPLICATIONS
from immersions.needs.watch import WATCH as NEEDS
from immersions.offers.watch import WATCH as OFFERS
from immersions.prepared.watch import WATCH as PREPARED
from immersions.settlements.watch import WATCH as SETTLEMENTS
from immersions.stays.sweeps import WATCH as REPORTS


def register() -> None:
    for it in (APPLICATIONS, OFFERS, NEEDS, REPORTS, SETTLEMENTS, PREPARED):
        waits.watch(it)
