"""The answer to a search of the catalogue: its total, a page of it, and what was not understood."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import QuerySet
from django.http import QueryDict

from core.pagination import SIZE, number_in, page_of
from territories.answering import Answered, said_of
from territories.towns import origin_of, towns_around
from trainings.search.cards import Found, address_of, card_of, read_for_cards
from trainings.search.search import TRAINING, TrainingSearch
from trainings.search.ways_out import Way, ways_out


class Counted:
    """Rows that each say how many there are in all: a page and its total in one query."""

    def __init__(self, rows: QuerySet, asked: str) -> None:
        self.rows = rows
        self.read: dict[int, list[dict[str, Any]]] = {}
        self.guess = max(number_in(asked) - 1, 0) * SIZE

    def __getitem__(self, part: slice) -> list[dict[str, Any]]:
        return self.page(part.start)

    def page(self, start: int) -> list[dict[str, Any]]:
        if start not in self.read:
            self.read[start] = list(self.rows[start : start + SIZE])
        return self.read[start]

    def total(self) -> int:
        rows = self.page(self.guess) or self.page(0)
        return rows[0]["total"] if rows else 0


@dataclass(frozen=True, kw_only=True)
class TrainingResults(Answered):
    THING = "formation"
    PAGE = "trainings:trainings"
    GEOJSON = "trainings:trainings_geojson"
    BY_DATE = "Les plus tôt"

    search: TrainingSearch
    found: Sequence[Found]

    @classmethod
    def of(cls, parameters: QueryDict) -> Self:
        search = TrainingSearch.read(parameters)
        asked = parameters.get("page", "")
        rows = Counted(search.trainings(), asked)
        page, sentence = page_of(rows, asked, total=rows.total)
        said = list(said_of(search, page, about_page=sentence))
        if search.block_words and not search.blocks:
            said.append(
                f"Aucun bloc de compétences ne porte ce code ni ce mot : « {search.block_words} ». "
                "Essayez un autre mot, ou videz cette case."
            )
        pks = [row[TRAINING] for row in page.object_list]
        return cls(search=search, page=page, found=read_for_cards(search, pks), sentences=said)

    @property
    def cards(self) -> list[dict[str, Any]]:
        return [card_of(each, place=self.search.place) for each in self.found]

    def ways(self) -> list[Way]:
        return ways_out(self.search)

    def geojson(self) -> dict[str, Any]:
        """RFC 7946, with members of our own beside, as `/offres.geojson` has them."""
        place, radius = self.search.place, self.search.radius_km
        placed = [each for each in self.found if each.first["action__latitude"] is not None]
        return {
            "type": "FeatureCollection",
            "features": [feature_of(each, self.search) for each in placed],
            "total": self.total,
            "page": self.page.number,
            "pages": self.page.paginator.num_pages,
            "things": "formations",
            "origin": origin_of(place, radius),
            "towns": towns_around(
                place, [(each.first["action__x"], each.first["action__y"]) for each in placed], radius
            ),
        }


def feature_of(found: Found, search: TrainingSearch) -> dict[str, Any]:
    """A training where it is given, the nearest of its places (longitude first)."""
    row = found.first
    return {
        "type": "Feature",
        "geometry": {
            "type": "Point",
            "coordinates": [round(row["action__longitude"], 5), round(row["action__latitude"], 5)],
        },
        "properties": {
            "id": found.pk,
            "title": found.title,
            "organisation": row["action__training__organisation__name"],
            "distance_km": None if found.km is None else round(found.km, 1),
            "url": address_of(found, search.place),
        },
    }
