"""What follows when a place of work moves: the rooms above say it, in their app's `ready()`.

They are told in the transaction of the move, and may refuse it by a `RuleBroken`.
"""

from collections.abc import Callable

from companies.models import Workplace

Follower = Callable[..., None]
_followers: dict[str, Follower] = {}


def follow_moves(name: str, follower: Follower) -> None:
    """`follower(workplace, by=user, before=words)` is called once the workplace is saved at its new
    place; `before` is where it was, in words, and nothing for a place that is new.
    """
    _followers[name] = follower


def tell_followers(workplace: Workplace, **about) -> None:
    for follower in _followers.values():
        follower(workplace, **about)
