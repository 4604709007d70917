"""What the alcoves above do when a project is signed, changed or ended, in the same transaction.

Sealing asks for the seat and holds it; another session moves it; an end gives it back. Alcoves
register once, at the start: this one does not know them. Each may refuse by a `RuleBroken`: then
nothing happened.
"""

from collections.abc import Callable
from typing import Any

from commitments.projects.models import Commitment
from trainings.models import Session

Follow = Callable[[Commitment, Any], None]
Amended = Callable[[Commitment, Session, Any], None]
_sealed: dict[str, Follow] = {}
_amended: dict[str, Amended] = {}
_trained: dict[str, Follow] = {}
_ended: dict[str, Follow] = {}
_resumed: dict[str, Follow] = {}


def nothing(commitment: Commitment, *about: Any) -> None:
    """For whom a move changes nothing."""


def follow(
    name: str,
    *,
    sealed: Follow = nothing,
    amended: Amended = nothing,
    trained: Follow = nothing,
    ended: Follow = nothing,
    resumed: Follow = nothing,
) -> None:
    """All get (commitment, by), but `amended` (commitment, the session before, by).

    The commitment is locked, its status is the new one; `by` is None when nobody asked. `ended` is
    told of the ends of a signed project, by whatever hand; a proposal that stops held no seat. `resumed`,
    that such an end was a mistake.
    """
    _sealed[name], _amended[name], _trained[name], _ended[name] = sealed, amended, trained, ended
    _resumed[name] = resumed


def sealed(commitment: Commitment, by: Any) -> None:
    for act in _sealed.values():
        act(commitment, by)


def amended(commitment: Commitment, before: Session, by: Any) -> None:
    """The text signed by both is another one; `commitment.pledge.session` is the new session."""
    for act in _amended.values():
        act(commitment, before, by)


def trained(commitment: Commitment, by: Any) -> None:
    """The training is finished and its result is written: the contract comes next."""
    for act in _trained.values():
        act(commitment, by)


def ended(commitment: Commitment, by: Any) -> None:
    for act in _ended.values():
        act(commitment, by)


def resumed(commitment: Commitment, by: Any) -> None:
    for act in _resumed.values():
        act(commitment, by)
