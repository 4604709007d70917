"""Where a structure makes its agreements, here or on Immersion Facilitée: when that changes, the
rooms above, which know the agreements, tell those who have one under way.
"""

import logging
from collections.abc import Callable

from accounts.models import User
from candidates.structures.models import SupportStructure

Changed = Callable[[SupportStructure], None]
_changed: dict[str, Changed] = {}
logger = logging.getLogger(__name__)


def follow_channels(name: str, changed: Changed) -> None:
    """`changed(structure)` is told in the transaction of the change."""
    _changed[name] = changed


def tell_channel(structure: SupportStructure, *, by: User) -> None:
    """The structure is saved: its agreements that nobody has signed are made elsewhere from now on."""
    for changed in _changed.values():
        changed(structure)
    logger.info(
        "channel changed",
        extra={"structure": structure.pk, "channel": structure.agreement_channel, "by": by.pk},
    )
