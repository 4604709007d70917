"""Which funded training an offer leads to: the nearest, for each offer of a page, in one query."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q

from core.points import metres_within
from immersions.offers.models import Offer
from territories.geo import distance_km
from trainings.models import Session

METRES = 1000


@dataclass(frozen=True, slots=True)
class NextTraining:
    """The next session of one place of a training, and the trade that it leads to."""

    trade: str
    x: float
    y: float
    pk: int
    title: str
    town: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    is_permanent: bool

    def sorting_key(self, km: float) -> tuple[float, dt.date, int]:
        """As `SessionQuerySet.with_distance` orders: the nearest, then the next to start."""
        return km, self.starts_on or dt.date.min, self.pk


def next_trainings(offers: Sequence[Offer]) -> list[NextTraining | None]:
    """For each offer, rule 1's nearest session; None where nothing within reach leads there."""
    by_trade: dict[str, list[NextTraining]] = defaultdict(list)
    for each in leading_to_any(offers):
        by_trade[each.trade].append(each)
    return [nearest(offer, by_trade) for offer in offers]


def nearest(offer: Offer, by_trade: dict[str, list[NextTraining]]) -> NextTraining | None:
    if offer.occupation is None or offer.commune is None or offer.x is None or offer.y is None:
        return None
    reach = offer.commune.department.region.publication_radius_km
    here = (offer.x, offer.y)
    within = [
        (each.sorting_key(km), each)
        for each in by_trade[offer.occupation.trade_code]
        if (km := distance_km(here, (each.x, each.y))) <= reach
    ]
    return min(within, key=lambda found: found[0])[1] if within else None


def leading_to_any(offers: Sequence[Offer]) -> list[NextTraining]:
    """The first eligible session of each place where a training leads to one of their trades.

    Trades are few and circles hold many: each place of these trades is measured.
    """
    trades = [offer.occupation for offer in offers if offer.occupation]
    parents = {each.parent_code for each in trades if each.parent_code}
    link = "action__training__links__occupation"
    near = in_reach_of(offers)
    if near is None:
        return []
    km, x, y = near
    same_trade = Q(**{f"{link}__in": {each.code for each in trades}})
    if parents:
        same_trade |= Q(**{f"{link}__parent_code__in": parents})
    rows: Any = (
        Session.objects.eligible()
        .filter(same_trade, metres_within("action__position", km * METRES, x, y))
        .order_by("action_id", f"{link}_id", F("starts_on").asc(nulls_first=True), "pk")
        .distinct("action_id", f"{link}_id")
        .values_list(
            f"{link}_id",
            f"{link}__parent_code",
            "action__x",
            "action__y",
            "pk",
            "action__training__certification_title",
            "action__training__title",
            "action__town",
            "starts_on",
            "ends_on",
            "action__has_permanent_entry",
        )
    )
    return [
        NextTraining(parent or code, x, y, pk, certification or title, town, *dates)
        for code, parent, x, y, pk, certification, title, town, *dates in rows
    ]


def in_reach_of(offers: Sequence[Offer]) -> tuple[float, float, float] | None:
    """A circle (km, x, y) that holds all that is within reach of any of them."""
    points = [(each.x, each.y) for each in offers if each.x is not None and each.y is not None]
    if not points:
        return None
    reach = max(each.commune.department.region.publication_radius_km for each in offers if each.commune)
    x, y = (sum(values) / len(points) for values in zip(*points, strict=True))
    return max(distance_km((x, y), point) for point in points) + reach, x, y
