"""Positions and distances, without PostGIS: Lambert-93 metres, and the communes in memory.

Grand Est has 5,115 communes: three milliseconds to measure them all, so a process keeps them.
What another process changes is seen here `FRESH_FOR` later at most.
"""

import math
import time
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Self

from territories.models import Commune

if TYPE_CHECKING:
    from collections.abc import Sequence

# Lambert-93 (EPSG:2154): a conformal cone on the GRS80 ellipsoid, as IGN defines it.
EXCENTRICITY = 0.08181919104281579
CONE = 0.7256077650532670
RADIUS = 11754255.4261
ORIGIN_X, ORIGIN_Y = 700000.0, 12655612.0499
MERIDIAN = 3.0
LARGEST_DEGREES = 89.0  # The cone opens at the poles: nobody lives there.

EARTH_KM = 6371.0088
FRESH_FOR = 300  # seconds
# How far from its commune's own point an address may stand. A commune that borrows its
# neighbours' position may itself be up to 33 km from there.
WITHIN_COMMUNE_KM = 12.0
WITHIN_APPROXIMATE_COMMUNE_KM = 35.0

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Somewhere that a search or an offer starts from: a commune, or an address in it."""

    label: str
    code: str  # INSEE
    x: float
    y: float
    latitude: float
    longitude: float
    approximate: bool = False

    @classmethod
    def of_commune(cls, commune: Commune) -> Self:
        return cls(
            label=str(commune),
            code=commune.code,
            x=commune.x,
            y=commune.y,
            latitude=commune.latitude,
            longitude=commune.longitude,
            approximate=commune.is_approximate,
        )

    @property
    def xy(self) -> Point:
        return self.x, self.y


def lambert93(latitude: float, longitude: float) -> Point:
    """Degrees (WGS84) to metres east and north, within a centimetre in mainland France."""
    bounded = max(-LARGEST_DEGREES, min(LARGEST_DEGREES, latitude))
    sine = math.sin(math.radians(bounded))
    isometric = math.atanh(sine) - EXCENTRICITY * math.atanh(EXCENTRICITY * sine)
    ray = RADIUS * math.exp(-CONE * isometric)
    angle = CONE * math.radians(longitude - MERIDIAN)
    return ORIGIN_X + ray * math.sin(angle), ORIGIN_Y - ray * math.cos(angle)


def distance_km(one: Point, other: Point) -> float:
    """As the crow flies, between two Lambert-93 points."""
    return math.hypot(one[0] - other[0], one[1] - other[1]) / 1000


def great_circle_km(one: Point, other: Point) -> float:
    """Between two (latitude, longitude): for what lies too far for a flat map."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*one, *other))
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(half))


def communes_within(origin: Point, km: float, *, margin: bool = True) -> list[str]:
    """INSEE codes of the communes around `origin`.

    With the margin, no address that lies within `km` has its commune left out: the list
    preselects, the address's own point decides. Without it, the commune's own point decides.
    """
    _read_again_when_stale()
    margins = (WITHIN_COMMUNE_KM, WITHIN_APPROXIMATE_COMMUNE_KM) if margin else (0.0, 0.0)
    return list(_within(round(origin[0]), round(origin[1]), km + margins[0], km + margins[1]))


def forget() -> None:
    """Communes were changed: this process reads them again."""
    _within.cache_clear()
    _all_communes.cache_clear()


@lru_cache(maxsize=2048)
def _within(x: int, y: int, km: float, approximate_km: float) -> "Sequence[str]":
    squares = ((km * 1000) ** 2, (approximate_km * 1000) ** 2)
    return tuple(
        code
        for code, cx, cy, is_approximate in _all_communes()
        if (cx - x) ** 2 + (cy - y) ** 2 <= squares[is_approximate]
    )


@lru_cache(maxsize=1)
def _all_communes() -> "Sequence[tuple[str, float, float, bool]]":
    rows = Commune.objects.order_by("code").values_list("code", "x", "y", "is_approximate")
    _read["at"] = time.monotonic()
    return tuple(rows)


_read = {"at": 0.0}


def _read_again_when_stale() -> None:
    if time.monotonic() - _read["at"] > FRESH_FOR:
        forget()
