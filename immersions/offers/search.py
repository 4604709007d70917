"""Which offers a search gives: the one place that decides.

The page, its total, the GeoJSON, the ways out of an empty page and the alerts share it, so that
they never disagree. Why it is built so (communes first, then the offer's own point): see
docs/decisions/.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import BooleanField, CharField, Exists, F, Func, OrderBy, OuterRef, Q, Value
from django.http import QueryDict
from django.utils import timezone

from core.points import MetresFrom, metres_within
from immersions.offers.models import DateMode, LicenceNeed, Offer, Slot
from immersions.offers.queries import OfferQuerySet
from immersions.offers.search_form import DURATIONS, SearchForm
from immersions.offers.typed import offers_about
from territories.asking import Asked, asked_in
from territories.geo import communes_within
from trainings.geometry import within

METRES = 1000
LONG_LIST_KM = 40
WEEKS_AT_MOST = 60
FARTHEST = dt.date.max - dt.timedelta(weeks=WEEKS_AT_MOST)  # Calendars end in 9999.
FRENCH_LEVELS = ("A1", "A2", "B1", "B2")


@dataclass(frozen=True, kw_only=True)
class Search(Asked):
    """Which offers someone looks for."""

    families: tuple[str, ...] = ()
    weights: tuple[str, ...] = ()
    durations: tuple[str, ...] = ()
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    level: int | None = None
    contracts: tuple[str, ...] = ()
    without_car: bool = False
    without_licence: bool = False
    for_beginners: bool = False
    french: str = ""

    @classmethod
    def read(cls, parameters: QueryDict) -> Self:
        """Understand the address. What is wrong in it becomes a sentence."""
        form = SearchForm(parameters)
        form.is_valid()
        asked = form.cleaned_data
        return cls(
            **asked_in(asked),
            families=tuple(asked.get("famille", ())),
            weights=tuple(asked.get("poids", ())),
            durations=tuple(asked.get("duree", ())),
            first_day=asked.get("du"),
            last_day=asked.get("au"),
            level=asked.get("niveau"),
            contracts=tuple(asked.get("contrat", ())),
            without_car=asked.get("sans_voiture", False),
            without_licence=asked.get("sans_permis", False),
            for_beginners=asked.get("debutants", False),
            french=asked.get("francais", ""),
            sentences=tuple(form.sentences()),
        )

    # --- Which offers ------------------------------------------------------------------------
    def offers(self) -> OfferQuerySet:
        """Every offer that answers the search, in no order."""
        offers = Offer.objects.open()
        if self.place_is_missing:
            return offers.none()
        return self.around(offers).filter(self.wishes())

    def around(self, offers: OfferQuerySet) -> OfferQuerySet:
        """Keep the offers of the circle: something preselects, the offer's own point decides."""
        if self.place is None:
            return offers
        x, y = self.place.xy
        if self.is_plain or self.radius_km > LONG_LIST_KM:
            preselected: Any = within("position", self.radius_km, x, y)
        else:
            preselected = in_communes(communes_within((x, y), self.radius_km))
        return offers.filter(preselected).filter(metres_within("position", self.radius_km * METRES, x, y))

    @property
    def is_plain(self) -> bool:
        """Only a place and, perhaps, one trade, the nearest first: an index knows its way by the
        circle alone. With more wishes, PostgreSQL needs the communes to expect the right number of rows; beyond
        `LONG_LIST_KM`, reading so many communes costs more than it saves.
        """
        return not (self.narrowed or self.has_words or self.sort == "date")

    @property
    def has_words(self) -> bool:
        """A trade typed in words that are not one occupation's name."""
        return self.asked_occupation is not None and self.asked_occupation.occupation is None

    @property
    def is_read_at_once(self) -> bool:
        """Words around a place: finding these offers costs more than putting them in order, so that
        one query says how many they are and which ones stand on the page.
        """
        return self.has_words and self.place is not None and self.radius_km <= LONG_LIST_KM

    def wishes(self) -> Q:
        """All that is asked besides the place."""
        wishes = Q()
        if self.asked_occupation:
            wishes &= offers_about(self.asked_occupation)
        if self.families:
            wishes &= any_of(Q(occupation__code__startswith=letter) for letter in self.families)
        if self.weights:
            wishes &= Q(weight__in=self.weights)
        if self.durations:
            wishes &= any_of(Q(half_days__range=DURATIONS[each]) for each in self.durations)
        if self.level is not None:
            wishes &= Q(level_required__lte=self.level)
        if self.contracts:
            wishes &= Q(contract__in=self.contracts)
        if self.first_day or self.last_day:
            wishes &= self.on_these_days()
        return wishes & self.small_wishes()

    def small_wishes(self) -> Q:
        wishes = Q()
        if self.without_car:
            wishes &= Q(is_reachable_without_car=True)
        if self.without_licence:
            wishes &= ~Q(licence=LicenceNeed.REQUIRED)
        if self.for_beginners:
            wishes &= Q(welcomes_beginners=True)
        if self.french:
            mine = FRENCH_LEVELS[: FRENCH_LEVELS.index(self.french) + 1]
            wishes &= Q(french_level__in=["", *mine])
        return wishes

    def on_these_days(self) -> Q:
        """A slot with room that touches the days asked, or a week in which dates can be agreed."""
        today = timezone.localdate()
        first = min(max(self.first_day or today, today), FARTHEST)
        last = self.last_day or first + dt.timedelta(weeks=WEEKS_AT_MOST)
        slots = Slot.objects.bookable().filter(offer=OuterRef("pk"), last_day__gte=first, first_day__lte=last)
        to_agree = Q(date_mode=DateMode.TO_AGREE) & (Q(weeks=[]) | Q(weeks__overlap=mondays(first, last)))
        return Q(Exists(slots)) | to_agree

    def in_order(self) -> OfferQuerySet:
        return self.order(self.offers())

    def order(self, offers: OfferQuerySet) -> OfferQuerySet:
        """The same offers with `metres`, in an order that no two pages can tell differently."""
        if self.place is not None:
            offers = offers.annotate(metres=MetresFrom("position", *self.place.xy))
        return offers.order_by(*self.ordering())

    def ordering(self) -> tuple[OrderBy, OrderBy]:
        if self.place is None or self.is_sorted_by_date:
            return F("published_at").desc(), F("id").desc()
        return MetresFrom("position", *self.place.xy).asc(), F("id").asc()

    def filters(self) -> dict[str, Any]:
        return {
            "famille": self.families,
            "poids": self.weights,
            "duree": self.durations,
            "du": self.first_day.isoformat() if self.first_day else "",
            "au": self.last_day.isoformat() if self.last_day else "",
            "niveau": "" if self.level is None else self.level,
            "contrat": self.contracts,
            "sans_voiture": "1" if self.without_car else "",
            "sans_permis": "1" if self.without_licence else "",
            "debutants": "1" if self.for_beginners else "",
            "francais": self.french,
        }


def asked_like(asked: Asked) -> OfferQuerySet:
    """The offers of the same trade, around the same place."""
    frame = Search(
        asked_place=asked.asked_place, asked_occupation=asked.asked_occupation, radius_km=asked.radius_km
    )
    return frame.offers()


def in_communes(codes: list[str]) -> Func:
    """A literal array: PostgreSQL then knows how many rows to expect. Written as one text, which
    costs nothing to prepare: INSEE codes hold no sign that would need escaping.
    """
    return Func(
        F("commune_id"),
        Value("{" + ",".join(codes) + "}", output_field=CharField()),
        template="%(expressions)s::varchar[])",
        arg_joiner=" = ANY(",
        output_field=BooleanField(),
    )


def any_of(conditions: Iterable[Q]) -> Q:
    either = Q()
    for condition in conditions:
        either |= condition
    return either


def mondays(first: dt.date, last: dt.date) -> list[dt.date]:
    """The Mondays of the weeks that touch these days; not more than a year of them."""
    monday = first - dt.timedelta(days=first.weekday())
    count = min((last - monday).days // 7 + 1, WEEKS_AT_MOST)
    return [monday + dt.timedelta(weeks=week) for week in range(max(count, 0))]
