"""No training here: what else? A wider circle with its count, fewer wishes, the immersions."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Q
from django.urls import reverse

from core import french
from core.points import metres_within
from territories.asking import RADII
from trainings.eligibility import bookable_for_pledge
from trainings.models import Session
from trainings.search.search import METRES, TRAINING, TrainingSearch

NEAR_TRADES = 3
WAYS = 3  # At least.


@dataclass(frozen=True, slots=True)
class Way:
    label: str
    url: str
    note: str = ""


def ways_out(search: TrainingSearch) -> list[Way]:
    """In two queries. Each way leads somewhere: its count is that of the page it opens."""
    taught = taught_around(search)
    found = [*wider(search), *fewer_wishes(search, taught), *near_trades(search, taught), to_try(search)]
    if len(found) < WAYS:
        found.extend(everything_around(search))
    if len(found) < WAYS:
        found.append(Way("Toutes les formations de la région", reverse("trainings:trainings")))
    return found


def everything_around(search: TrainingSearch) -> Iterator[Way]:
    """Without the words nor the filters, when that gives something. A known trade has its own ways."""
    bare = search.without_filters().about(None)
    if search.place and search.occupation is None and bare != search and (count := bare.count()):
        yield way("Toutes les formations autour", bare, count)


def way(label: str, search: TrainingSearch, count: int, **changes: object) -> Way:
    return Way(label, f"?{search.query(**changes)}", french.counted(count, "formation"))


def wider(search: TrainingSearch) -> Iterator[Way]:
    """The nearest wider circle that has something, else the whole region; and, here, what is full or
    paid by somebody else.
    """
    open_to_all = Q() if search.everything else bookable_for_pledge()
    radii = [km for km in RADII if km > search.radius_km] if search.place else []
    asked = {"everywhere": open_to_all, "anyhow": circle(search, search.radius_km)}
    asked |= {f"at_{km}": open_to_all & circle(search, km) for km in radii}
    counts = (
        Session.objects.announced()
        .filter(search.wishes())
        .aggregate(**{name: Count(TRAINING, distinct=True, filter=each) for name, each in asked.items()})
    )
    farther = next((km for km in radii if counts[f"at_{km}"]), None)
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
    occupation = search.occupation
    if occupation is None:
        return {}
    link = f"{TRAINING}__links__occupation"
    rows = (
        search.without_filters()
        .about(None)
        .sessions()
        .filter(**{f"{link}__code__startswith": occupation.domain})
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


def to_try(search: TrainingSearch) -> Way:
    """The immersions of the same trade, at the same place: one may try it before."""
    frame = search.without_filters()
    query = frame.query(tri="")
    label = "Essayer d’abord : les immersions" + (" de ce métier" if search.occupation else "")
    return Way(label, f"/offres/?{query}".rstrip("?"))
