"""What follows when an organisation says how many seats are left: the rooms above say it.

They are told in the transaction of the change, with the session locked, and may refuse it by a
`RuleBroken`. `commitments` calls `trainings.seats.follow_figure` from there.
"""

from collections.abc import Callable

from trainings.models import Session

Follower = Callable[..., None]
_followers: dict[str, Follower] = {}


def follow_seats(name: str, follower: Follower) -> None:
    """`follower(session, by=user)` is called once `session.seats_left` is saved."""
    _followers[name] = follower


def tell_followers(session: Session, **about) -> None:
    for follower in _followers.values():
        follower(session, **about)
