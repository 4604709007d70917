"""Who may open what, for the company's side of the offers."""

from types import SimpleNamespace

from tests.access.answers import (
    AGENT,
    ELSEWHERE,
    LOGIN,
    MEMBER,
    NOT_A_LINK,
    OTHER_MEMBER,
    UNCONFIRMED,
    VISITOR,
    Route,
    all_answer,
    only,
    public,
)

OURS = (MEMBER, UNCONFIRMED)


def of_offer(world: SimpleNamespace) -> list:
    return [world.offer.pk]


def of_draft(world: SimpleNamespace) -> list:
    return [world.draft.pk]


def move(args=of_offer) -> Route:
    """A button: never a link, and the owners' only. They are sent on to a page."""
    return Route(
        get=all_answer(NOT_A_LINK, visitor=LOGIN),
        post=only(*OURS, answer=ELSEWHERE),
        args=args,
    )


COMPANIES = only(*OURS, OTHER_MEMBER, others=ELSEWHERE)

ROUTES = {
    "immersions:offer_propose": public(),
    "immersions:company_offers": Route(get=COMPANIES, post=all_answer(NOT_A_LINK, **{VISITOR: LOGIN})),
    "immersions:offer_start": Route(get=COMPANIES, post=COMPANIES),
    "immersions:company_offer": Route(get=only(*OURS), args=of_offer),
    "immersions:offer_preview": Route(get=only(*OURS, AGENT), args=of_offer),
    "immersions:offer_sent": Route(get=only(*OURS), args=of_offer),
    "immersions:offer_complete": Route(get=only(*OURS), post=only(*OURS), args=of_offer),
    "immersions:offer_step": Route(
        get=only(*OURS), post=only(*OURS), args=lambda world: [world.offer.pk, "duree"]
    ),
    "immersions:offer_close": Route(get=only(*OURS), post=only(*OURS, answer=ELSEWHERE), args=of_offer),
    "immersions:offer_submit": move(of_draft),
    "immersions:offer_pause": move(),
    "immersions:offer_resume": move(),
    "immersions:offer_duplicate": move(),
}
