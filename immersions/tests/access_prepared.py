"""Who may open what, for applications that an advisor prepares: the person, and who accompanies them."""

from types import SimpleNamespace

from candidates.structures.models import Following
from immersions.factories import OfferFactory
from immersions.prepared.models import PreparedApplication
from tests.access.answers import (
    ADVISOR,
    CANDIDATE,
    ELSEWHERE,
    LOGIN,
    NOT_A_LINK,
    VISITOR,
    Route,
    all_answer,
    only,
)

ONLY_READ = all_answer(NOT_A_LINK, **{VISITOR: LOGIN})


def followed(world: SimpleNamespace) -> Following:
    advisor = world.structure.confirmed_members().first()
    Following.objects.filter(pk=world.following.pk).update(status="followed", advisor=advisor)
    return world.following


def offer_and_person(world: SimpleNamespace) -> list:
    return [OfferFactory(workplace=world.offer.workplace).pk, followed(world).pk]


def ready(world: SimpleNamespace) -> list:
    offer, advisor = (
        OfferFactory(workplace=world.offer.workplace),
        followed(world).structure.confirmed_members().first(),
    )
    candidate = world.following.candidate
    return [PreparedApplication.objects.create(candidate=candidate, offer=offer, prepared_by=advisor).pk]


ROUTES = {
    "immersions:prepare_application": Route(get=only(ADVISOR), post=only(ADVISOR), args=offer_and_person),
    "immersions:prepared_for": Route(get=only(ADVISOR), post=ONLY_READ, args=ready),
    "immersions:prepared_take_back": Route(get=ONLY_READ, post=only(ADVISOR, answer=ELSEWHERE), args=ready),
    "immersions:prepared": Route(get=only(CANDIDATE), post=only(CANDIDATE, answer=ELSEWHERE), args=ready),
    "immersions:prepared_refuse": Route(get=ONLY_READ, post=only(CANDIDATE, answer=ELSEWHERE), args=ready),
}
