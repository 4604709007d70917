"""What follows when sessions change: cancelled, gone from the catalogue, at other dates.

The rooms above register what they do then; they find by themselves who is concerned, by state, so
that being told twice changes nothing. Figures have their own followers (`organisations.followers`).
"""

from collections.abc import Callable
from typing import Any

_followers: dict[str, Callable[[], Any]] = {}


def follow_moves(name: str, follower: Callable[[], Any]) -> None:
    """`follower()` is called in the transaction of the change; registering again replaces it."""
    _followers[name] = follower


def sessions_moved() -> None:
    """An import is over, an agent has cancelled or corrected a session."""
    for follower in _followers.values():
        follower()
