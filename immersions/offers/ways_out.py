"""Nothing here: what else? A wider circle with its count, a near trade, everything nearby."""

import math
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from core import french
from core.points import metres_within
from immersions.offers.models import Offer
from immersions.offers.search import METRES, Search, any_of
from territories.asking import RADII
from territories.models import Occupation

NEAR_TRADES = 3
WAYS = 3  # At least, where that many lead somewhere.
EVERYWHERE = "everywhere"
EVERYTHING = "Toutes les immersions de la région"


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
    """In three queries at most. Each way leads somewhere: its count is that of the page it opens."""
    if search.place_is_missing:
        return without_the_place(search)
    nearby = trades_around(search)
    if search.place is not None and not nearby:
        return from_afar(search)
    near = near_trades(search, nearby)
    farther, kin = (wider(search), []) if near else farther_away(search)
    ways = [*only(farther), *without_filters(search, nearby), *(near or kin)]
    where = "Toutes les immersions autour" if search.place else "Toutes les immersions"
    everything = [way(where, bare(search), total)] if (total := sum(it.count for it in nearby)) else []
    missing = WAYS - len(ways) - len(everything)
    if missing > 0:
        ways += most_offered(search, nearby, but=ways)[:missing]
        if search.place and len(ways) + len(everything) < WAYS:
            everything += whole_region(search, Offer.objects.open().count())
    return ways + everything


def from_afar(search: Search) -> list[Way]:
    """Nothing at all in the circle: how far for this trade, for those near it, for any. In one query."""
    rows = rows_afar(search, Q())
    farther = to_the_nearest(search, totals(search, rows, "at"))
    ways = [*only(farther), *kin_in(search, rows)]
    every = totals(search, rows, "all")
    trades = [Trade(it["occupation_id"], it["occupation__title"], "", it["all_everywhere"]) for it in rows]
    if bare(search) != search:
        ways += only(to_the_nearest(bare(search), every, "Toutes les immersions jusqu’à"))
    known = {each.url for each in ways}
    region = [it for it in whole_region(search, every["at_everywhere"]) if it.url not in known]
    missing = max(WAYS - len(ways) - len(region), 0)
    return [*ways, *most_offered(search.without_place(), trades, but=ways)[:missing], *region]


def only(found: Way | None) -> list[Way]:
    return [found] if found else []


def bare(search: Search) -> Search:
    """Everything there, whatever else was asked."""
    return search.without_filters().about(None)


def most_offered(search: Search, trades: list[Trade], *, but: list[Way]) -> list[Way]:
    """Words that say nothing, a trade without its like: what there is most of."""
    codes, titles = {each.code for each in named_by(search)}, {each.label for each in but}
    others = sorted(trades, key=lambda it: (-it.count, it.code))
    others = [it for it in others if it.code not in codes and it.title not in titles]
    return [way(it.title, bare(search), it.count, metier=it.code) for it in others[:NEAR_TRADES]]


def whole_region(search: Search, count: int) -> list[Way]:
    everything = bare(search).without_place()
    return [way(EVERYTHING, everything, count)] if count else []


def without_the_place(search: Search) -> list[Way]:
    """A place that we do not know: the same wishes in the region, then all that there is."""
    asked = search.without_place()
    count = asked.offers().count()
    ways = [way("Chercher dans toute la région", asked, count)] if count else []
    if asked != bare(asked):
        if not ways:
            ways += most_offered(asked, trades_around(asked), but=[])[:1]
        ways += whole_region(search, Offer.objects.open().count())
    return ways


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


def to_the_nearest(search: Search, counts: dict[str, int], label: str = "Chercher jusqu’à") -> Way | None:
    for km in beyond(search):
        if found := counts[f"at_{km}"]:
            return way(f"{label} {km}\N{NO-BREAK SPACE}km", search, found, rayon=km)
    if found := counts[f"at_{EVERYWHERE}"]:
        where = "Chercher dans toute la région" if bare(search) != search else EVERYTHING
        return way(where, search.without_place(), found)
    return None


def rows_afar(search: Search, these: Q) -> list[Any]:
    """By trade, how many at each distance: of what was asked, and of all."""
    return list(
        Offer.objects.open()
        .filter(these)
        .values("occupation_id", "occupation__title", "occupation__parent_code")
        .annotate(**how_many(search, search.wishes()), **how_many(search, prefix="all"))
        .order_by("occupation_id")
    )


def totals(search: Search, rows: list[Any], prefix: str) -> dict[str, int]:
    return {
        f"at_{where}": sum(row[f"{prefix}_{where}"] for row in rows)
        for where in (*beyond(search), EVERYWHERE)
    }


def farther_away(search: Search) -> tuple[Way | None, list[Way]]:
    """No trade of the kind in the circle: how far for this one, and for those near it, in one query."""
    kin = kin_of(search)
    if kin is None or search.place is None:
        return wider(search), []
    rows = rows_afar(search, search.wishes() | kin)
    return to_the_nearest(search, totals(search, rows, "at")), kin_in(search, rows)


def kin_in(search: Search, rows: list[Any]) -> list[Way]:
    """The trades near the one asked, from as far as they are."""
    domains, parents, codes = kinds_of(search)
    near = [
        row
        for row in rows
        if row["occupation_id"] not in codes
        and (row["occupation_id"][:3] in domains or row["occupation__parent_code"] in parents)
    ]
    ways = [found for row in near for found in kin_ways(search, row)]
    return [each for _, each in sorted(ways, key=lambda found: found[0])[:NEAR_TRADES]]


def kin_ways(search: Search, row: dict[str, Any]) -> list[tuple[tuple[float, int, str], Way]]:
    """The nearest circle that has this trade, with what to sort it by: near, then many."""
    plain, to = search.without_filters(), {"metier": row["occupation_id"], "q_metier": ""}
    for km in beyond(search):
        if count := row[f"all_{km}"]:
            note = f"métier proche, {french.counted(count, 'immersion')} jusqu’à {km}\N{NO-BREAK SPACE}km"
            found = Way(row["occupation__title"], f"?{plain.query(**to, rayon=km)}", note)
            return [((km, -count, row["occupation_id"]), found)]
    if count := row[f"all_{EVERYWHERE}"]:
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


def kinds_of(search: Search) -> tuple[set[str], set[str], set[str]]:
    """The domains, the former codes and the codes of what was asked."""
    named = named_by(search)
    parents = {each.parent_code for each in named if each.parent_code}
    return {each.domain for each in named}, parents, {each.code for each in named}


def kin_of(search: Search) -> Q | None:
    """Offers of the same domain, or of the same trade in the former list."""
    domains, parents, codes = kinds_of(search)
    same = any_of(Q(occupation__code__startswith=each) for each in domains)
    return same | Q(occupation__parent_code__in=parents) if codes else None


def near_trades(search: Search, nearby: list[Trade]) -> list[Way]:
    """Trades of the same domain that have something around."""
    domains, parents, codes = kinds_of(search)
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
