"""The answer to a search of the catalogue: its total, a page of it, and what was not understood."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from django.conf import settings
from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from core import french
from core.pagination import SIZE, page_of
from territories.asking import UNKNOWN_OCCUPATION, name_of
from territories.towns import origin_of, towns_around
from trainings.search.cards import Found, address_of, card_of, read_for_cards
from trainings.search.search import TRAINING, TrainingSearch
from trainings.search.ways_out import Way, ways_out

NO_PLACE = "Lieu non reconnu"
WORD = "formation"


class Counted:
    """Rows that each say how many there are in all: a page and its total in one query."""

    def __init__(self, rows: QuerySet, asked: str) -> None:
        self.rows = rows
        self.read: dict[int, list[dict[str, Any]]] = {}
        digits = asked.strip()
        is_number = digits.isascii() and digits.isdigit()
        self.guess = max(int(digits[:6]) - 1, 0) * SIZE if is_number else 0

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
class TrainingResults:
    search: TrainingSearch
    page: Page
    found: Sequence[Found]
    sentences: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, parameters: QueryDict) -> Self:
        search = TrainingSearch.read(parameters)
        asked = parameters.get("page", "")
        rows = Counted(search.trainings(), asked)
        page, sentence = page_of(rows, asked, total=rows.total)
        said = [*search.sentences, *([sentence] if sentence else [])]
        if search.block_words and not search.blocks:
            said.append(
                f"Aucun bloc de compétences ne porte ce code ni ce mot : « {search.block_words} ». "
                "Essayez un autre mot, ou videz cette case."
            )
        if not page.paginator.count and search.asks_in_unknown_words:
            said.append(UNKNOWN_OCCUPATION)
        pks = [row[TRAINING] for row in page.object_list]
        return cls(search=search, page=page, found=read_for_cards(search, pks), sentences=said)

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @property
    def cards(self) -> list[dict[str, Any]]:
        return [card_of(each, place=self.search.place) for each in self.found]

    @property
    def title(self) -> str:
        """« 14 formations à moins de 30 km de Metz », or what prevents a list."""
        if self.search.place_is_missing:
            return NO_PLACE if self.search.asked_place.is_unknown else "Quel lieu cherchez-vous ?"
        if not self.total:
            return f"Aucune formation {self.where}"
        return f"{french.counted(self.total, WORD)} {self.where}"

    @property
    def where(self) -> str:
        place = self.search.place
        if place is None:
            return "dans toute la région"
        return f"à moins de {self.search.radius_km}\N{NO-BREAK SPACE}km {french.of(name_of(place))}"

    @property
    def page_title(self) -> str:
        """What the browser's tab says: the trade, the list, the page."""
        asked = self.search.asked_occupation
        parts = [asked.typed or asked.occupation.title] if asked else []
        parts.append(self.title)
        if self.page.number > 1:
            parts.append(f"page {self.page.number}")
        return ", ".join(parts)

    @property
    def query(self) -> str:
        return self.search.query()

    @property
    def pages(self) -> list[Any]:
        return list(self.page.paginator.get_elided_page_range(self.page.number, on_each_side=2, on_ends=1))

    @property
    def canonical(self) -> str:
        """The address to keep: the same search said by codes, its first page left unsaid."""
        return settings.SITE_URL + self._at("trainings:trainings")

    @property
    def geojson_url(self) -> str:
        return self._at("trainings:trainings_geojson")

    def _at(self, name: str) -> str:
        number = self.page.number
        query = self.search.query(page=number if number > 1 else "")
        return reverse(name) + (f"?{query}" if query else "")

    @property
    def sorts(self) -> list[dict[str, Any]]:
        """The other order, as a link; none without a place to measure from."""
        if self.search.place is None:
            return []
        by_date = self.search.is_sorted_by_date
        return [
            {"label": "Les plus proches", "url": f"?{self.search.query(tri='')}", "current": not by_date},
            {
                "label": "Les plus tôt",
                "url": f"?{self.search.query(tri='date')}",
                "current": by_date,
            },
        ]

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
