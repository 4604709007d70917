"""The answer to a search: its total, a page of it, what was not understood, and the ways out."""

from dataclasses import dataclass, field
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Page
from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse

from core import french
from core.pagination import AtOnce, number_in, page_of
from core.queries import InThese
from immersions.offers.cards import Card, address_from, card_of, read_for_cards
from immersions.offers.models import Offer
from immersions.offers.search import Search
from immersions.offers.ways_out import Way, ways_out
from territories.asking import UNKNOWN_OCCUPATION, name_of
from territories.geo import Place, distance_km
from territories.towns import origin_of, point, towns_around

NO_PLACE = "Lieu non reconnu"


@dataclass(frozen=True, kw_only=True)
class Results:
    search: Search
    page: Page
    offers: list[Offer]
    sentences: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, parameters: QueryDict) -> Self:
        search = Search.read(parameters)
        offers, asked = search.offers(), parameters.get("page", "")
        if search.is_read_at_once:
            found = AtOnce(offers, search.ordering(), guess=number_in(asked) or 1)
            page, sentence = page_of(found, asked, total=found.count)
        else:
            page, sentence = page_of(search.order(offers).values("pk"), asked, total=offers.count)
        said = [*search.sentences, *([sentence] if sentence else [])]
        if not page.paginator.count and search.asks_in_unknown_words:
            said.append(UNKNOWN_OCCUPATION)
        return cls(search=search, page=page, offers=read_page(search, page), sentences=said)

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @property
    def cards(self) -> list[Card]:
        return [card_of(offer, place=self.search.place) for offer in self.offers]

    @property
    def title(self) -> str:
        """« 14 immersions à moins de 30 km de Metz », or what prevents a list."""
        if self.search.place_is_missing:
            return NO_PLACE if self.search.asked_place.is_unknown else "Quel lieu cherchez-vous ?"
        if not self.total:
            return f"Aucune immersion {self.where}"
        return f"{french.counted(self.total, 'immersion')} {self.where}"

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
        parts = [asked.typed] if asked else []
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
        number = self.page.number
        query = self.search.query(page=number if number > 1 else "")
        return settings.SITE_URL + reverse("immersions:offers") + (f"?{query}" if query else "")

    @property
    def geojson_url(self) -> str:
        query = self.search.query(page=self.page.number if self.page.number > 1 else "")
        return reverse("immersions:offers_geojson") + (f"?{query}" if query else "")

    @property
    def sorts(self) -> list[dict[str, Any]]:
        """The other order, as a link; none without a place to measure from."""
        if self.search.place is None:
            return []
        by_date = self.search.is_sorted_by_date
        return [
            {"label": "Les plus proches", "url": f"?{self.search.query(tri='')}", "current": not by_date},
            {"label": "Les plus récentes", "url": f"?{self.search.query(tri='date')}", "current": by_date},
        ]

    def ways(self) -> list[Way]:
        return ways_out(self.search)

    def geojson(self) -> dict[str, Any]:
        """RFC 7946, with members of our own beside: totals, where one stands, names to read it by."""
        place = self.search.place
        return {
            "type": "FeatureCollection",
            "features": [feature_of(offer, place) for offer in self.offers],
            "total": self.total,
            "page": self.page.number,
            "pages": self.page.paginator.num_pages,
            "origin": origin_of(place, self.search.radius_km),
            "towns": towns_around(
                place, [(offer.x, offer.y) for offer in self.offers], self.search.radius_km
            ),
        }


def read_page(search: Search, page: Page) -> list[Any]:
    """The index gives the page's rows; only these are then read and joined."""
    if not page.paginator.count:
        return []
    rows: Any = page.object_list
    these = Q(pk__in=rows) if isinstance(rows, list) else InThese("pk", ArraySubquery(rows))
    return read_for_cards(search.order(Offer.objects.filter(these)))


def feature_of(offer: Offer, place: Place | None) -> dict[str, Any]:
    """One offer as GeoJSON (RFC 7946: longitude first)."""
    where = offer.workplace
    km = round(distance_km(place.xy, (offer.x, offer.y)), 1) if place else None
    return {
        "type": "Feature",
        "geometry": {
            "type": "Point",
            "coordinates": point(where),
        },
        "properties": {
            "id": offer.pk,
            "title": offer.title,
            "company": offer.company.name,
            "occupation": offer.occupation.title,
            "distance_km": km,
            "url": address_from(offer, place),
        },
    }
