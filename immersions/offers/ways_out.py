"""Nothing here: what else? A wider circle with its count, a near trade, everything nearby."""

from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse

from core import french
from core.points import metres_within
from immersions.offers.models import Offer
from immersions.offers.search import METRES, Search
from territories.asking import RADII

NEAR_TRADES = 3


@dataclass(frozen=True, slots=True)
class Way:
    label: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Trade:
    """An occupation that has offers around."""

    code: str
    title: str
    parent: str
    count: int


def ways_out(search: Search) -> list[Way]:
    """In two queries. Each way leads somewhere: its count is that of the page it opens."""
    nearby = trades_around(search)
    ways = [wider(search), *without_filters(search, nearby), *near_trades(search, nearby)]
    total = sum(trade.count for trade in nearby)
    everything = search.without_filters().about(None)
    if total:
        where = "Toutes les immersions autour" if search.place else "Toutes les immersions"
        ways.append(way(where, everything, total))
    else:
        ways.append(Way("Toutes les immersions de la région", reverse("immersions:offers")))
    return [each for each in ways if each]


def way(label: str, search: Search, count: int, **changes: object) -> Way:
    return Way(label, f"?{search.query(**changes)}", french.counted(count, "immersion"))


def wider(search: Search) -> Way | None:
    """The nearest wider circle that has something, else the whole region."""
    if search.place is None or search.place_is_missing:
        return None
    radii = [km for km in RADII if km > search.radius_km]
    counts = (
        Offer.objects.open()
        .filter(search.wishes())
        .aggregate(
            everywhere=Count("pk"),
            **{
                f"at_{km}": Count("pk", filter=metres_within("position", km * METRES, *search.place.xy))
                for km in radii
            },
        )
    )
    for km in radii:
        if found := counts[f"at_{km}"]:
            return way(f"Chercher jusqu’à {km}\N{NO-BREAK SPACE}km", search, found, rayon=km)
    if counts["everywhere"]:
        return way("Chercher dans toute la région", search.without_place(), counts["everywhere"])
    return None


def trades_around(search: Search) -> list[Trade]:
    """What there is around, by occupation, whatever else was asked."""
    around = search.around(Offer.objects.open())
    rows = around.values_list("occupation_id", "occupation__title", "occupation__parent_code").annotate(
        how_many=Count("pk")
    )
    return [Trade(*row) for row in rows.order_by("-how_many", "occupation_id")]


def without_filters(search: Search, nearby: list[Trade]) -> list[Way]:
    """The same trade, the same place, without the small wishes."""
    occupation = search.occupation
    if not (search.narrowed and occupation):
        return []
    count = next((trade.count for trade in nearby if trade.code == occupation.code), 0)
    return [way("Garder le métier, enlever les filtres", search.without_filters(), count)] if count else []


def near_trades(search: Search, nearby: list[Trade]) -> list[Way]:
    """Trades of the same domain that have something around."""
    asked = search.asked_occupation
    if asked is None:
        return []
    named = (asked.occupation,) if asked.occupation else (*asked.meant, *asked.guesses)
    domains = {each.domain for each in named}
    parents = {each.parent_code for each in named if each.parent_code}
    codes = {each.code for each in named}
    near = [
        trade
        for trade in nearby
        if trade.code not in codes and (trade.code[:3] in domains or trade.parent in parents)
    ]
    return [
        Way(
            trade.title,
            f"?{search.without_filters().query(metier=trade.code, q_metier='')}",
            f"métier proche, {french.counted(trade.count, 'immersion')}",
        )
        for trade in near[:NEAR_TRADES]
    ]
