"""The answer to a search: its total, a page of it, what was not understood, and the ways out."""

from dataclasses import dataclass
from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Page
from django.db.models import Q
from django.http import QueryDict

from core.pagination import AtOnce, number_in, page_of
from core.queries import InThese
from immersions.offers.cards import Card, address_from, card_of, read_for_cards
from immersions.offers.models import Offer
from immersions.offers.search import Search
from immersions.offers.ways_out import Way, ways_out
from territories.answering import Answered, said_of
from territories.geo import Place, distance_km
from territories.towns import origin_of, point, towns_around


@dataclass(frozen=True, kw_only=True)
class Results(Answered):
    THING = "immersion"
    PAGE = "immersions:offers"
    GEOJSON = "immersions:offers_geojson"
    BY_DATE = "Les plus récentes"

    search: Search
    offers: list[Offer]

    @classmethod
    def of(cls, parameters: QueryDict) -> Self:
        search = Search.read(parameters)
        offers, asked = search.offers(), parameters.get("page", "")
        if search.is_read_at_once:
            found = AtOnce(offers, search.ordering(), guess=number_in(asked) or 1)
            page, sentence = page_of(found, asked, total=found.count)
        else:
            page, sentence = page_of(search.order(offers).values("pk"), asked, total=offers.count)
        said = list(said_of(search, page, about_page=sentence))
        return cls(search=search, page=page, offers=read_page(search, page), sentences=said)

    @property
    def cards(self) -> list[Card]:
        return [card_of(offer, place=self.search.place) for offer in self.offers]

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
