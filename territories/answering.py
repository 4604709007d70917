"""What every public search answers around its list: a total, a page of it, a title, its address and its other order."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.conf import settings
from django.core.paginator import Page
from django.urls import reverse

from core import french
from territories.asking import UNKNOWN_OCCUPATION, Asked, name_of

NO_PLACE = "Lieu non reconnu"


def said_of(search: Asked, page: Page, *, about_page: str) -> Iterator[str]:
    """What was not understood, in the order that one reads it."""
    yield from search.sentences
    if about_page:
        yield about_page
    if not page.paginator.count and search.asks_in_unknown_words:
        yield UNKNOWN_OCCUPATION


@dataclass(frozen=True, kw_only=True)
class Answered:
    """A search, a page of what it gives, and what was not understood. A room says which thing, and where it stands."""

    THING: ClassVar[str]
    """Feminine: « Aucune immersion »."""
    PAGE: ClassVar[str]
    GEOJSON: ClassVar[str]
    BY_DATE: ClassVar[str]

    search: Any
    page: Page
    sentences: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @property
    def title(self) -> str:
        """« 14 immersions à moins de 30 km de Metz », or what prevents a list."""
        if self.search.place_is_missing:
            return NO_PLACE if self.search.asked_place.is_unknown else "Quel lieu cherchez-vous ?"
        if not self.total:
            return f"Aucune {self.THING} {self.where}"
        return f"{french.counted(self.total, self.THING)} {self.where}"

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
        return settings.SITE_URL + self._at(self.PAGE)

    @property
    def geojson_url(self) -> str:
        return self._at(self.GEOJSON)

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
            {"label": self.BY_DATE, "url": f"?{self.search.query(tri='date')}", "current": by_date},
        ]
