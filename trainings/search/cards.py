"""What a card says in five seconds: what, how far, with whom, who pays, how long, when, and what for."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.utils import timezone

from core import french
from territories.geo import Place, distance_km
from trainings import wording
from trainings.models import Training, TrainingBlock, TrainingOccupation
from trainings.models.actions import REGION
from trainings.search.search import TRAINING, TrainingSearch

TRADES, PLACES = 3, 3
READ = (
    *("action_id", "starts_on", "ends_on", "is_start_in_month", "status"),
    *("seats_left", "seats__places", "seats__taken"),
    *("action__training_id", "action__training__title", "action__training__certification_title"),
    *("action__training__level_out", "action__training__hours_total", "action__training__hours_in_company"),
    *("action__training__organisation__name", "action__is_region_funded", "action__has_permanent_entry"),
    *("action__funders", "action__town", "action__commune__name", "action__x", "action__y"),
    *("action__latitude", "action__longitude", "action__is_approximate"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """A training of the page: its nearest place, and that place's sessions, the next first."""

    pk: int
    here: list[dict[str, Any]]
    elsewhere: list[str]
    km: float | None

    @property
    def first(self) -> dict[str, Any]:
        return self.here[0]

    @property
    def title(self) -> str:
        return self.first["action__training__title"]

    def sorting_key(self) -> tuple[float, dt.date, int]:
        """As `TrainingSearch.trainings` orders: the nearest, then the next to begin."""
        today = timezone.localdate()
        soon = min(max(row["starts_on"] or today, today) for row in self.here)
        return self.km or 0.0, soon, self.pk

    @property
    def town(self) -> str:
        return town_of(self.first)


def town_of(row: dict[str, Any]) -> str:
    return row["action__commune__name"] or row["action__town"]


def read_for_cards(search: TrainingSearch, pks: Sequence[int]) -> list[Found]:
    """These trainings with all that their cards say, in one query whatever their number."""
    by_training = {each.pk: each for each in read_found(search, pks)} if pks else {}
    return [by_training[pk] for pk in pks if pk in by_training]


def first_cards(search: TrainingSearch, *, limit: int) -> list[dict[str, Any]]:
    """The cards of the first that a search gives: one query, for the side of another page."""
    first = search.trainings().values(TRAINING)[:limit]
    found = sorted(read_found(search, first), key=lambda each: each.sorting_key())
    return [card_of(each, place=search.place) for each in found]


def read_found(search: TrainingSearch, pks: Any) -> list[Found]:
    """In no order. `pks` are numbers, or the query that gives them."""
    trades = TrainingOccupation.objects.filter(training=OuterRef(TRAINING)).order_by("occupation__title")
    blocks = TrainingBlock.objects.filter(training=OuterRef(TRAINING))
    rows = (
        search.sessions()
        .filter(Q(action__training__in=pks))
        .soonest_first()
        .annotate(
            trades=ArraySubquery(trades.values("occupation__title")[:TRADES]),
            blocks=ArraySubquery(blocks.values("block")[:PLACES]),
        )
        .values(*READ, "trades", "blocks")
    )
    by_training: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_training[row["action__training_id"]].append(row)
    return [found(rows, search.place) for rows in by_training.values()]


def found(rows: list[dict[str, Any]], place: Place | None) -> Found:
    def km(row: dict[str, Any]) -> float:
        return distance_km(place.xy, (row["action__x"], row["action__y"])) if place else 0.0

    nearest = min(rows, key=km)  # The first of those: they come by date.
    here = [row for row in rows if row["action_id"] == nearest["action_id"]]
    towns = dict.fromkeys(town_of(row) for row in sorted(rows, key=km))
    towns.pop(town_of(nearest), None)
    return Found(
        pk=nearest["action__training_id"],
        here=here,
        elsewhere=[town for town in towns if town],
        km=km(nearest) if place else None,
    )


def card_of(found: Found, *, place: Place | None = None) -> dict[str, Any]:
    """See `templates/components/offer_cards.html`."""
    row = found.first
    return {
        "url": address_of(found, place),
        "title": found.title,
        "company": row["action__training__organisation__name"],
        "city": found.town,
        "note": "aussi à " + ", ".join(found.elsewhere[:PLACES]) if found.elsewhere else "",
        "distance": distance_said(found, place),
        "facts": facts_of(found),
        "training": "",
        "training_more": "",
        "leads_to": leads_to(row["trades"]),
    }


def leads_to(trades: list[str]) -> str:
    """« Mène au métier : Maçon / Maçonne »."""
    if not trades:
        return ""
    word = "au métier" if len(trades) == 1 else "aux métiers"
    return f"Mène {word}\N{NO-BREAK SPACE}: {' · '.join(trades)}"


def distance_said(found: Found, place: Place | None) -> str:
    """« 4 km », « environ 12 km »: as the crow flies."""
    if found.km is None or place is None:
        return ""
    is_rough = place.approximate or found.first["action__is_approximate"]
    about = "environ " if is_rough and found.km >= 1 else ""
    return about + french.kilometres(found.km)


def facts_of(found: Found) -> list[dict[str, str]]:
    row = found.first
    facts = [wording.fact("Payée par la Région", "good")] if row["action__is_region_funded"] else []
    if (
        not row["action__is_region_funded"]
        and row["action__funders"]
        and REGION not in row["action__funders"]
    ):
        facts.append(wording.fact("Un autre financeur"))
    if level := wording.level_said(row["action__training__level_out"]):
        facts.append(wording.fact(level[:1].upper() + level[1:]))
    hours = wording.hours_said(
        row["action__training__hours_total"], row["action__training__hours_in_company"]
    )
    if hours:
        facts.append(wording.fact(hours))
    if len(row["blocks"]) == 1:
        facts.append(wording.fact("Un seul bloc de compétences"))
    return [*facts, when_fact(found)]


def when_fact(found: Found) -> dict[str, str]:
    """« Dès le 4 janvier, 6 places », « Entrée toute l’année »."""
    row = found.first
    starts = row["starts_on"]
    said = wording.start_said(
        starts, in_month=row["is_start_in_month"], permanent=row["action__has_permanent_entry"]
    )
    if is_to_come(starts):
        said = f"En {said}" if row["is_start_in_month"] else f"Dès le {said}"
    if seats := wording.seats_said(free_seats(row)):
        said += f", {seats}"
    return wording.fact(said, "due")


def free_seats(row: dict[str, Any]) -> int | None:
    """As `Session.free_seats`."""
    if row["seats__taken"] is None:
        return row["seats_left"]
    return None if row["seats__places"] is None else row["seats__places"] - row["seats__taken"]


def is_to_come(day: dt.date | None) -> bool:
    return day is not None and day > timezone.localdate()


def address_of(found: Found, place: Place | None) -> str:
    """Its page, which remembers where the visitor lives."""
    url = Training(pk=found.pk, title=found.title).get_absolute_url()
    return f"{url}?lieu={place.code}" if place else url
