"""What follows when a person turns to another structure: the rooms above say it, in their app's
`ready()`. They are told in the same transaction.
"""

from collections.abc import Callable

from accounts.models import User
from candidates.models import Candidate
from candidates.structures.models import SupportStructure

Hold = Callable[[Candidate], None]
Turned = Callable[..., None]
_holds: dict[str, Hold] = {}
_turned: dict[str, Turned] = {}


def follow_turns(name: str, *, hold: Hold, turned: Turned) -> None:
    """`hold(candidate)` comes first, and locks what `turned(candidate, before=, after=, by=)` will
    write: locks are taken in the same order everywhere.
    """
    _holds[name], _turned[name] = hold, turned


def hold_all(candidate: Candidate) -> None:
    for hold in _holds.values():
        hold(candidate)


def tell_all(
    candidate: Candidate, *, before: SupportStructure | None, after: SupportStructure, by: User | None
) -> None:
    for turned in _turned.values():
        turned(candidate, before=before, after=after, by=by)
