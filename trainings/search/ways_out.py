"""No training here: what else? A wider circle with its count, fewer wishes, the immersions."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Max, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from core import french
from core.points import metres_within
from territories.asking import RADII, Asked
from trainings.eligibility import bookable_for_pledge
from trainings.models import Session
from trainings.search.search import METRES, TRAINING, TrainingSearch

NEAR_TRADES = 3
WAYS = 3  # At least, where that many lead somewhere.
EVERYTHING = "Toutes les formations de la région"


@dataclass(frozen=True, slots=True)
class Way:
    label: str
    url: str
    note: str = ""


def ways_out(search: TrainingSearch) -> list[Way]:
    """In few queries. Each way leads somewhere: its count is that of the page it opens."""
    if search.place_is_missing:
        return list(without_the_place(search))
    counts, taught = counts_of(search), taught_around(search)
    found = [*wider(search, counts), *fewer_wishes(search, taught), *near_trades(search, taught)]
    found += to_try(search, counts)
    bare = search.without_filters().about(None)
    last: list[Way] = []
    if len(found) < WAYS and search.place and counts["all"] and bare != search:
        last.append(way("Toutes les formations autour", bare, counts["all"]))
    if len(found + last) < WAYS and counts["region"] and all(known.url != "?" for known in found):
        last.append(way(EVERYTHING, bare.without_place(), counts["region"]))
    return [*found, *most_taught(search, WAYS - len(found + last)), *last]


def without_the_place(search: TrainingSearch) -> Iterator[Way]:
    """A place that we do not know: the same wishes in the region, what is taught most, then all."""
    asked = search.without_place()
    wished = asked.count()
    if wished:
        yield way("Chercher dans toute la région", asked, wished)
    everything = asked.without_filters().about(None)
    if asked != everything and (count := everything.count()):
        yield from most_taught(asked, 1 if not wished else 0)
        yield way(EVERYTHING, everything, count)


def most_taught(search: TrainingSearch, missing: int) -> list[Way]:
    """Words that say nothing: the trades that most trainings around lead to, or those of the region."""
    if missing <= 0 or search.occupation:
        return []
    bare = search.without_filters().about(None)
    circles = (bare, bare.without_place()) if search.place else (bare,)
    asked, taught = next(((each, found) for each in circles if (found := taught_in(each))), (bare, {}))
    many = sorted(taught.values(), key=lambda trade: (-len(trade.trainings), trade.code))
    return [way(each.title, asked, len(each.trainings), metier=each.code) for each in many[:missing]]


def way(label: str, search: TrainingSearch, count: int, **changes: object) -> Way:
    return Way(label, f"?{search.query(**changes)}", french.counted(count, "formation"))


def counts_of(search: TrainingSearch) -> dict[str, int]:
    """What is asked, farther and farther; what is full or paid by somebody else; all that there is."""
    wishes, open_to_all = search.wishes(), Q() if search.everything else bookable_for_pledge()
    here = circle(search, search.radius_km)
    asked = {"everywhere": wishes & open_to_all, "anyhow": wishes & here}
    asked |= {f"at_{km}": wishes & open_to_all & circle(search, km) for km in beyond(search)}
    asked |= {"all": bookable_for_pledge() & here, "region": bookable_for_pledge()}
    counts = {name: Count(TRAINING, distinct=True, filter=each) for name, each in asked.items()}
    said = Session.objects.announced().aggregate(**counts, to_try=how_many_to_try(search))
    return {name: count or 0 for name, count in said.items()}


def beyond(search: TrainingSearch) -> list[int]:
    return [km for km in RADII if km > search.radius_km] if search.place else []


def wider(search: TrainingSearch, counts: dict[str, int]) -> Iterator[Way]:
    """The nearest wider circle that has something, else the whole region; and, here, what is full or
    paid by somebody else.
    """
    farther = next((km for km in beyond(search) if counts[f"at_{km}"]), None)
    if farther:
        label = f"Chercher jusqu’à {farther}\N{NO-BREAK SPACE}km"
        yield way(label, search, counts[f"at_{farther}"], rayon=farther)
    elif search.place and counts["everywhere"]:
        yield way("Chercher dans toute la région", search.without_place(), counts["everywhere"])
    if counts["anyhow"] and not search.everything:
        label = "Voir aussi les formations complètes ou payées autrement"
        yield way(label, replace(search, everything=True), counts["anyhow"])


def circle(search: TrainingSearch, km: int) -> Q:
    if search.place is None:
        return Q()
    return Q(metres_within("action__position", km * METRES, *search.place.xy))


@dataclass(frozen=True, slots=True)
class Taught:
    """A trade of the domain asked, and the trainings around that lead there."""

    code: str
    title: str
    trainings: set[int]


def taught_around(search: TrainingSearch) -> dict[str, Taught]:
    """What one can learn around in the domain of the trade asked, whatever else was wished."""
    if search.occupation is None:
        return {}
    return taught_in(search.without_filters().about(None), domain=search.occupation.domain)


def taught_in(search: TrainingSearch, domain: str = "") -> dict[str, Taught]:
    """The trades that these trainings lead to, each with its trainings."""
    link = f"{TRAINING}__links__occupation"
    rows = (
        search.sessions()
        .filter(**{f"{link}__code__startswith": domain})
        .order_by(f"{link}__code")
        .values_list(f"{link}__code", f"{link}__title", f"{link}__parent_code")
        .annotate(trainings=ArrayAgg(TRAINING, distinct=True))
    )
    found: dict[str, Taught] = {}
    for code, title, parent, trainings in rows:  # A page of a trade also shows its like.
        found.setdefault(parent or code, Taught(code, title, set())).trainings.update(trainings)
    return found


def fewer_wishes(search: TrainingSearch, taught: dict[str, Taught]) -> Iterator[Way]:
    """The same trade, the same place, without the filters."""
    occupation = search.occupation
    if search.narrowed and occupation and occupation.trade_code in taught:
        bare = search.without_filters()
        yield way("Enlever les filtres", bare, len(taught[occupation.trade_code].trainings))


def near_trades(search: TrainingSearch, taught: dict[str, Taught]) -> Iterator[Way]:
    """Other trades of the domain, the most taught first."""
    others = [each for trade, each in taught.items() if trade != search.occupation.trade_code]
    for each in sorted(others, key=lambda other: (-len(other.trainings), other.code))[:NEAR_TRADES]:
        yield near_trade(search, each.code, each.title, count=len(each.trainings))


def near_trade(search: TrainingSearch, code: str, title: str, *, count: int) -> Way:
    query = search.without_filters().query(metier=code, q_metier="")
    return Way(title, f"?{query}", f"métier proche, {french.counted(count, 'formation')}")


def to_try(search: TrainingSearch, counts: dict[str, int]) -> Iterator[Way]:
    """The immersions of the same trade, at the same place: one may try it before. If there are any."""
    if count := counts["to_try"]:
        label = "Essayer d’abord : les immersions" + (" de ce métier" if search.occupation else "")
        query = search.without_filters().query(tri="")
        yield Way(label, f"/offres/?{query}".rstrip("?"), french.counted(count, "immersion"))


_tries: dict[str, Callable[[Asked], QuerySet]] = {}


def try_first(name: str, found_by: Callable[[Asked], QuerySet]) -> None:
    """What one may try of the same trade, around the same place; registering again replaces it."""
    _tries[name] = found_by


def how_many_to_try(search: TrainingSearch) -> Any:
    """Counted once, in the query that counts the rest."""
    counts = [
        Coalesce(Subquery(rows.order_by().values(all=Value(1)).annotate(n=Count("pk")).values("n")), 0)
        for rows in (found_by(search) for found_by in _tries.values())
    ]
    return Max(sum(counts, start=Value(0)))
