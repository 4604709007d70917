"""The immersions of some trades around a place."""

from collections.abc import Sequence

from core.points import MetresFrom, metres_within
from immersions.offers.cards import Card, card_of, read_for_cards
from immersions.offers.models import Offer
from territories.geo import Place
from territories.models import Occupation

METRES = 1000
AROUND_KM = 60


def immersions_of(
    trades: Sequence[Occupation], place: Place | None, *, limit: int, km: int = AROUND_KM
) -> list[Card]:
    """Open ones of these trades or of their like: the nearest, or the latest without a place."""
    if not trades:
        return []
    codes = {each.code for each in trades}
    parents = {each.parent_code for each in trades if each.parent_code}
    offers = Offer.objects.open().filter(occupation__in=codes)
    if parents:
        offers = Offer.objects.open().filter(occupation__parent_code__in=parents) | offers
    if place:
        offers = (
            offers.filter(metres_within("position", km * METRES, *place.xy))
            .annotate(metres=MetresFrom("position", *place.xy))
            .order_by("metres", "pk")
        )
    else:
        offers = offers.order_by("-published_at", "-pk")
    return [card_of(each, place=place) for each in read_for_cards(offers[:limit])]
