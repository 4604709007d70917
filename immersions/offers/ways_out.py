"""Nothing here: what else? A wider circle with its count, a near trade, everything nearby."""

import math
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from core import french
from core.points import metres_within
from immersions.offers.models import Offer
from immersions.offers.search import METRES, Search, any_of
from territories.asking import RADII
from territories.models import Occupation

NEAR_TRADES = 3
EVERYWHERE = "everywhere"


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
    near = near_trades(search, nearby)
    farther, kin = (None, []) if near else farther_away(search)
    ways = [farther or wider(search), *without_filters(search, nearby), *(near or kin)]
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
    offers = Offer.objects.open().filter(search.wishes())
    return to_the_nearest(search, offers.aggregate(**how_many(search)))


def how_many(search: Search, only: Q | None = None, prefix: str = "at") -> dict[str, Count]:
    """Counts by distance, each circle wider than the one that was searched."""
    x, y = search.place.xy
    circles = {f"{prefix}_{km}": metres_within("position", km * METRES, x, y) for km in beyond(search)}
    every = {f"{prefix}_{EVERYWHERE}": Count("pk", filter=only)}
    return every | {
        name: Count("pk", filter=Q(circle) & only if only else circle) for name, circle in circles.items()
    }


def beyond(search: Search) -> list[int]:
    return [km for km in RADII if km > search.radius_km]


def to_the_nearest(search: Search, counts: dict[str, int]) -> Way | None:
    for km in beyond(search):
        if found := counts[f"at_{km}"]:
            return way(f"Chercher jusqu’à {km}\N{NO-BREAK SPACE}km", search, found, rayon=km)
    if found := counts[f"at_{EVERYWHERE}"]:
        return way("Chercher dans toute la région", search.without_place(), found)
    return None


def farther_away(search: Search) -> tuple[Way | None, list[Way]]:
    """No trade of the kind in the circle: how far for this one, and for those near it, in one query."""
    kin = kin_of(search)
    if kin is None or search.place is None or search.place_is_missing:
        return None, []
    asked, codes = search.wishes(), {each.code for each in named_by(search)}
    rows: list[Any] = list(
        Offer.objects.open()
        .filter(asked | kin)
        .values("occupation_id", "occupation__title")
        .annotate(**how_many(search, asked), **how_many(search, kin, "kin"))
        .order_by("occupation_id")
    )
    names = [f"at_{where}" for where in (*beyond(search), EVERYWHERE)]
    farther = to_the_nearest(search, {name: sum(row[name] for row in rows) for name in names})
    ways = [found for row in rows if row["occupation_id"] not in codes for found in kin_ways(search, row)]
    return farther, [each for _, each in sorted(ways, key=lambda found: found[0])[:NEAR_TRADES]]


def kin_ways(search: Search, row: dict[str, Any]) -> list[tuple[tuple[float, int, str], Way]]:
    """The nearest circle that has this trade, with what to sort it by: near, then many."""
    plain, to = search.without_filters(), {"metier": row["occupation_id"], "q_metier": ""}
    for km in beyond(search):
        if count := row[f"kin_{km}"]:
            note = f"métier proche, {french.counted(count, 'immersion')} jusqu’à {km}\N{NO-BREAK SPACE}km"
            found = Way(row["occupation__title"], f"?{plain.query(**to, rayon=km)}", note)
            return [((km, -count, row["occupation_id"]), found)]
    if count := row[f"kin_{EVERYWHERE}"]:
        note = f"métier proche, {french.counted(count, 'immersion')} dans la région"
        found = Way(row["occupation__title"], f"?{plain.without_place().query(**to)}", note)
        return [((math.inf, -count, row["occupation_id"]), found)]
    return []


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


def named_by(search: Search) -> tuple[Occupation, ...]:
    """What was asked, understood or guessed."""
    asked = search.asked_occupation
    if asked is None:
        return ()
    return (asked.occupation,) if asked.occupation else (*asked.meant, *asked.guesses)


def kin_of(search: Search) -> Q | None:
    """Offers of the same domain, or of the same trade in the former list."""
    named = named_by(search)
    parents = {each.parent_code for each in named if each.parent_code}
    domains = any_of(Q(occupation__code__startswith=each) for each in {each.domain for each in named})
    return domains | Q(occupation__parent_code__in=parents) if named else None


def near_trades(search: Search, nearby: list[Trade]) -> list[Way]:
    """Trades of the same domain that have something around."""
    named = named_by(search)
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
