"""Who may open what, for applications: the candidate's own, and the confirmed members' own."""

from types import SimpleNamespace

from immersions.factories import ApplicationFactory, OfferFactory, QuestionFactory
from tests.access.answers import (
    CANDIDATE,
    ELSEWHERE,
    LOGIN,
    MEMBER,
    NOT_A_LINK,
    OTHER_CANDIDATE,
    OTHER_MEMBER,
    PAGE,
    UNCONFIRMED,
    VISITOR,
    Route,
    all_answer,
    only,
)

ONLY_READ = all_answer(NOT_A_LINK, **{VISITOR: LOGIN})


def of_application(world: SimpleNamespace) -> list:
    return [world.application.pk]


def of_question(world: SimpleNamespace) -> list:
    QuestionFactory(application=world.application)
    return [world.application.pk]


def of_booking(world: SimpleNamespace) -> list:
    """Another application between the same two sides, which holds a place."""
    offer = OfferFactory(workplace=world.offer.workplace)
    return [ApplicationFactory(booked=True, offer=offer, candidate=world.candidate).pk]


def form(role: str, args=of_application) -> Route:
    """A page with a form: an empty answer comes back with its errors."""
    return Route(get=only(role), post=only(role), args=args)


ROUTES = {
    # Everybody may open it: a professional reads why not, a visitor says who they are.
    "immersions:apply": Route(
        get=all_answer(PAGE, **{CANDIDATE: ELSEWHERE}),
        post=all_answer(PAGE, **{CANDIDATE: ELSEWHERE}),
        args=lambda world: [world.offer.pk, world.offer.slug],
    ),
    "immersions:my_applications": Route(get=only(CANDIDATE, OTHER_CANDIDATE), post=ONLY_READ),
    "immersions:my_application": Route(get=only(CANDIDATE), post=ONLY_READ, args=of_application),
    "immersions:application_sent": Route(get=only(CANDIDATE), post=ONLY_READ, args=of_application),
    "immersions:application_answer": form(CANDIDATE, of_question),
    "immersions:application_withdraw": form(CANDIDATE),
    "immersions:application_calendar": Route(get=only(CANDIDATE), post=ONLY_READ, args=of_booking),
    "immersions:received_applications": Route(get=only(MEMBER, UNCONFIRMED, OTHER_MEMBER), post=ONLY_READ),
    "immersions:received_application": Route(get=only(MEMBER), post=ONLY_READ, args=of_application),
    "immersions:application_book": form(MEMBER),
    "immersions:application_ask": form(MEMBER),
    "immersions:application_decline": form(MEMBER),
    "immersions:application_cancel": form(MEMBER, of_booking),
    "immersions:received_calendar": Route(get=only(MEMBER), post=ONLY_READ, args=of_booking),
}
