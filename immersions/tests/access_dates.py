"""Who may open what, for dates: each side of the application, and the confirmed members' own slots."""

from types import SimpleNamespace

from accounts.roles import CANDIDATE as BY_CANDIDATE
from accounts.roles import COMPANY as BY_COMPANY
from immersions.dates.models import DateProposal
from immersions.dates.periods import of_slots
from immersions.factories import ApplicationFactory, OfferFactory, SlotFactory
from immersions.tests.access_applications import ONLY_READ, of_application, of_booking
from tests.access.answers import (
    CANDIDATE,
    ELSEWHERE,
    LOGIN,
    MEMBER,
    NOT_A_LINK,
    UNCONFIRMED,
    VISITOR,
    Route,
    all_answer,
    only,
)

NOT_READ = all_answer(NOT_A_LINK, **{VISITOR: LOGIN})


def proposed(by: str):
    """A booking of the world's two sides, with dates proposed by one of them."""

    def args(world: SimpleNamespace) -> list:
        offer = OfferFactory(workplace=world.offer.workplace)
        application = ApplicationFactory(booked=True, offer=offer, candidate=world.candidate)
        member = world.company.confirmed_members().first()
        author = world.candidate.user if by == BY_CANDIDATE else member
        DateProposal.objects.create(
            application=application,
            proposed_by=by,
            author=author,
            choices=[of_slots([SlotFactory(offer=offer)])],
        )
        return [application.pk]

    return args


def form(role: str, args=of_booking) -> Route:
    return Route(get=only(role), post=only(role), args=args)


def move(role: str, args) -> Route:
    return Route(get=NOT_READ, post=only(role, answer=ELSEWHERE), args=args)


def of_slot(world: SimpleNamespace) -> list:
    return [world.slot.pk]


ROUTES = {
    "immersions:company_slots": Route(
        get=only(MEMBER, UNCONFIRMED), post=ONLY_READ, args=lambda world: [world.offer.pk]
    ),
    "immersions:slot_move": form(MEMBER, of_slot),
    "immersions:slot_close": Route(get=only(MEMBER), post=only(MEMBER, answer=ELSEWHERE), args=of_slot),
    "immersions:application_series": form(MEMBER, of_application),
    "immersions:my_dates": form(CANDIDATE),
    "immersions:my_dates_answer": form(CANDIDATE, proposed(BY_COMPANY)),
    "immersions:my_dates_back": move(CANDIDATE, proposed(BY_CANDIDATE)),
    "immersions:received_dates": form(MEMBER),
    "immersions:received_dates_answer": form(MEMBER, proposed(BY_CANDIDATE)),
    "immersions:received_dates_back": move(MEMBER, proposed(BY_COMPANY)),
}
