"""No training here: what else? A wider circle with its count, fewer wishes, the immersions."""

from dataclasses import dataclass, replace

from django.db.models import Count
from django.urls import reverse

from core import french
from core.points import metres_within
from territories.asking import RADII
from territories.occupations import related
from trainings.search.search import METRES, TRAINING, TrainingSearch

NEAR_TRADES = 3
WAYS = 3  # At least.


@dataclass(frozen=True, slots=True)
class Way:
    label: str
    url: str
    note: str = ""


def ways_out(search: TrainingSearch) -> list[Way]:
    """Each way leads somewhere: its count is that of the page it opens."""
    ways = [wider(search), fewer_wishes(search), *near_trades(search), to_try(search)]
    found = [each for each in ways if each]
    if len(found) < WAYS:
        found.append(Way("Toutes les formations de la région", reverse("trainings:trainings")))
    return found


def way(label: str, search: TrainingSearch, count: int, **changes: object) -> Way:
    return Way(label, f"?{search.query(**changes)}", french.counted(count, "formation"))


def wider(search: TrainingSearch) -> Way | None:
    """The nearest wider circle that has something, else the whole region."""
    if search.place is None or search.place_is_missing:
        return None
    radii = [km for km in RADII if km > search.radius_km]
    each = Count(TRAINING, distinct=True)
    counts = (
        search.base()
        .filter(search.wishes())
        .aggregate(
            everywhere=each,
            **{
                f"at_{km}": Count(
                    TRAINING,
                    distinct=True,
                    filter=metres_within("action__position", km * METRES, *search.place.xy),
                )
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


def fewer_wishes(search: TrainingSearch) -> Way | None:
    """The same trade, the same place, without the filters; else with what is full or paid by others."""
    if search.narrowed:
        bare = search.without_filters()
        if count := bare.count():
            return way("Enlever les filtres", bare, count)
    if not search.everything and (count := replace(search, everything=True).count()):
        label = "Voir aussi les formations complètes ou payées autrement"
        return way(label, replace(search, everything=True), count)
    return None


def near_trades(search: TrainingSearch) -> list[Way]:
    """Trades of the same kind that one can learn around."""
    occupation = search.occupation
    if occupation is None:
        return []
    ways = []
    for each in related(occupation):
        near = search.without_filters().about(each)
        if count := near.count():
            note = f"métier proche, {french.counted(count, 'formation')}"
            ways.append(Way(each.title, f"?{near.query()}", note))
        if len(ways) == NEAR_TRADES:
            break
    return ways


def to_try(search: TrainingSearch) -> Way:
    """The immersions of the same trade, at the same place: one may try it before."""
    frame = search.without_filters()
    query = frame.query(tri="")
    label = "Essayer d’abord : les immersions" + (" de ce métier" if search.occupation else "")
    return Way(label, f"/offres/?{query}".rstrip("?"))
