"""Names to read a map by, when it has no tiles."""

from collections.abc import Sequence
from typing import Any

from territories.geo import Place, distance_km
from territories.models import Commune

TOWNS, CANDIDATE_TOWNS = 12, 80
SPACED = 4  # A quarter of what is shown, between two names.
NEAR_KM, REGION_KM = 6, 150


def towns_around(
    place: Place | None, points: Sequence[tuple[float, float]], radius_km: float
) -> list[dict[str, Any]]:
    """The largest communes of a map of these points (Lambert-93), far enough from each other to be
    read.
    """
    communes = Commune.objects.order_by("-population", "code")
    apart = REGION_KM / SPACED
    if place:
        reach = min(max([*(distance_km(place.xy, each) for each in points), NEAR_KM]) * 1.5, radius_km)
        communes, apart = communes.within(reach, *place.xy), reach / SPACED
    kept: list[Commune] = []
    for each in communes[:CANDIDATE_TOWNS]:
        if all(distance_km((each.x, each.y), (other.x, other.y)) >= apart for other in kept):
            kept.append(each)
    return [{"name": each.name, "coordinates": point(each)} for each in kept[:TOWNS]]


def point(where: Any) -> list[float]:
    """Longitude first (RFC 7946)."""
    return [round(where.longitude, 5), round(where.latitude, 5)]


def origin_of(place: Place | None, radius_km: float) -> dict[str, Any] | None:
    """Where one stands on the map, and how far one looks."""
    if place is None:
        return None
    return {"label": place.label, "coordinates": point(place), "radius_km": radius_km}
