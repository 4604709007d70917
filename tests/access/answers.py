"""The vocabulary of declarations: what a route answers to whom."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

PAGE = 200
LOGIN = "login"  # Sent to log in, then back.
ELSEWHERE = "elsewhere"  # A redirection to another page of the site.
HIDDEN = 404  # Not yours: the address tells nothing to a stranger.
FORBIDDEN = 403
NOT_A_LINK = 405  # A move is a POST from a real button.
BAD = 400

VISITOR = "visitor"
NEWCOMER = "newcomer"  # Logged in, nothing else yet.
CANDIDATE = "candidate"  # The owner of the world's application.
OTHER_CANDIDATE = "other_candidate"
MEMBER = "member"  # A confirmed manager of the world's company.
UNCONFIRMED = "unconfirmed"  # A member of the same company, not confirmed.
OTHER_MEMBER = "other_member"  # A confirmed manager of another company.
AGENT = "agent"  # An agent whose territory holds the world's company.
OTHER_AGENT = "other_agent"  # An agent of another department.
ADVISOR = "advisor"  # A confirmed member of the structure that the world's candidate turned to.
OTHER_ADVISOR = "other_advisor"  # A confirmed member of another structure.
TRAINER = "trainer"  # A confirmed member of the organisation that gives the world's session.
UNCONFIRMED_TRAINER = "unconfirmed_trainer"  # A member of the same organisation, not confirmed.
OTHER_TRAINER = "other_trainer"  # A confirmed member of another training organisation.
EVERYBODY = (
    VISITOR,
    NEWCOMER,
    CANDIDATE,
    OTHER_CANDIDATE,
    MEMBER,
    UNCONFIRMED,
    OTHER_MEMBER,
    ADVISOR,
    OTHER_ADVISOR,
    TRAINER,
    UNCONFIRMED_TRAINER,
    OTHER_TRAINER,
    AGENT,
    OTHER_AGENT,
)

Answer = int | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """What one route answers. `args(world)` gives the address's arguments; `data` is posted."""

    get: dict[str, Answer]
    post: dict[str, Answer] | None = None
    args: Callable[[Any], list] = field(default=lambda world: [])
    data: Callable[[Any], dict] = field(default=lambda world: {})
    query: str = ""


def all_answer(answer: Answer, **but: Answer) -> dict[str, Answer]:
    """Everybody gets `answer`, except those named in `but`."""
    unknown = set(but) - set(EVERYBODY)
    assert not unknown, f"unknown roles: {unknown}"
    return {role: but.get(role, answer) for role in EVERYBODY}


def public(**options: Any) -> Route:
    """A page for everybody."""
    return Route(get=all_answer(PAGE), **options)


def only(*roles: str, answer: Answer = PAGE, others: Answer = HIDDEN) -> dict[str, Answer]:
    """`roles` get `answer`; a visitor is sent to log in; the others get `others`."""
    return all_answer(others, **{VISITOR: LOGIN, **dict.fromkeys(roles, answer)})
