"""Who may ask to be told of a place: a candidate."""

from types import SimpleNamespace

from immersions.factories import SlotFactory
from tests.access.answers import CANDIDATE, ELSEWHERE, OTHER_CANDIDATE, Route, only

CANDIDATES = (CANDIDATE, OTHER_CANDIDATE)


def full(world: SimpleNamespace) -> list:
    offer = SlotFactory(full=True).offer
    return [offer.pk, offer.slug]


ROUTES = {
    "immersions:freed": Route(get=only(*CANDIDATES), post=only(*CANDIDATES, answer=ELSEWHERE), args=full)
}
