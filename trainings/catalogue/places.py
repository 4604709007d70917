"""Where an action is given: the position in the file when it is sane, else its commune's."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from territories.geo import (
    WITHIN_APPROXIMATE_COMMUNE_KM,
    WITHIN_COMMUNE_KM,
    distance_km,
    lambert93,
)
from territories.models import Commune, CommunePostcode, FormerCommune
from territories.text import plain
from trainings.catalogue.rows import PlaceRow

MAINLAND = ((41.0, 51.5), (-5.6, 9.9))  # Latitudes, longitudes: Lambert-93 holds there.
CEDEX = re.compile(r"\bcedex\b.*$|\b\d+(er|e|eme)? arrondissement\b.*$")
SHORT = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    commune_id: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    x: float | None = None
    y: float | None = None
    is_approximate: bool = False


class Gazetteer:
    """The communes that some places name, read in four queries whatever their number."""

    def __init__(self, places: Iterable[PlaceRow]) -> None:
        places = list(places)
        codes = {place.insee for place in places if place.insee}
        former = dict(FormerCommune.objects.filter(pk__in=codes).values_list("code", "commune_id"))
        posts = {place.postcode for place in places if place.postcode}
        served: dict[str, list[str]] = {}
        for postcode, code in CommunePostcode.objects.filter(postcode__in=posts).values_list(
            "postcode", "commune_id"
        ):
            served.setdefault(postcode, []).append(code)
        names = {town_name(place.town) for place in places if place.town}
        wanted = codes | set(former.values()) | {code for some in served.values() for code in some}
        communes = list(Commune.objects.filter(pk__in=wanted)) + list(
            Commune.objects.filter(search_name__in=names)
        )
        self._communes = {commune.code: commune for commune in communes}
        self._former, self._served = former, served
        self._named: dict[str, set[str]] = {}
        for commune in communes:
            self._named.setdefault(town_name(commune.name), set()).add(commune.code)

    def commune(self, place: PlaceRow) -> Commune | None:
        """By its INSEE code, else its postcode and name, else its name in its department.

        A CEDEX postcode serves no commune: only the name and the department speak then.
        """
        code = self._former.get(place.insee, place.insee)
        if code in self._communes:
            return self._communes[code]
        named = self._named.get(town_name(place.town), set())
        served = self._served.get(place.postcode, [])
        for found in (
            named.intersection(served),
            set(served) if not named else set(),
            {code for code in named if place.postcode and code.startswith(department(place.postcode))},
        ):
            if len(found) == 1:
                return self._communes[found.pop()]
        return None


def town_name(written: str) -> str:
    """« ST-DIE-DES-VOSGES CEDEX 9 » → `saint die des vosges`."""
    words = CEDEX.sub("", plain(written)).split()
    return " ".join(SHORT.get(word, word) for word in words)


def department(postcode: str) -> str:
    return postcode[:3] if postcode[:2] in {"97", "98"} else postcode[:2]


def position(place: PlaceRow, commune: Commune | None) -> Position:
    """Where `place` is. Approximate when only its commune is known."""
    own = _own_position(place)
    if own and (commune is None or _is_near(own, commune)):
        return replace(own, commune_id=commune.code if commune else None)
    if commune is None:
        return Position()
    return Position(
        commune_id=commune.code,
        latitude=commune.latitude,
        longitude=commune.longitude,
        x=commune.x,
        y=commune.y,
        is_approximate=True,
    )


def _own_position(place: PlaceRow) -> Position | None:
    """The position written in the file, when it lies in mainland France; put right when swapped."""
    latitude, longitude = place.latitude, place.longitude
    if latitude is None or longitude is None:
        return None
    if not is_in_mainland(latitude, longitude):
        latitude, longitude = longitude, latitude
        if not is_in_mainland(latitude, longitude):
            return None
    x, y = lambert93(latitude, longitude)
    return Position(latitude=latitude, longitude=longitude, x=round(x, 1), y=round(y, 1))


def is_in_mainland(latitude: float, longitude: float) -> bool:
    (south, north), (west, east) = MAINLAND
    return south <= latitude <= north and west <= longitude <= east


def _is_near(own: Position, commune: Commune) -> bool:
    """A position tens of kilometres away from its commune is a mistake: the commune is surer."""
    limit = WITHIN_APPROXIMATE_COMMUNE_KM if commune.is_approximate else WITHIN_COMMUNE_KM
    return distance_km((own.x or 0, own.y or 0), (commune.x, commune.y)) <= limit


def placed(places: list[PlaceRow], gazetteer: Gazetteer) -> dict[str, Any]:
    """The columns of an action: its first place that can be located, and the names of the others."""
    found = [(place, position(place, gazetteer.commune(place))) for place in places]
    place, where = next(
        ((place, where) for place, where in found if where.x is not None),
        found[0] if found else (PlaceRow(), Position()),
    )
    return {
        "place_name": place.place_name,
        "address": place.address,
        "postcode": place.postcode,
        "town": where_name(place, gazetteer),
        "other_places": "\n".join(_lines(others for others in places if others is not place)),
        "commune_id": where.commune_id,
        "latitude": where.latitude,
        "longitude": where.longitude,
        "x": where.x,
        "y": where.y,
        "is_approximate": where.is_approximate,
    }


def where_name(place: PlaceRow, gazetteer: Gazetteer) -> str:
    """The commune's own name: « REIMS CEDEX » is for the post office."""
    commune = gazetteer.commune(place)
    return commune.name if commune else place.town


def _lines(places: Iterable[PlaceRow]) -> Iterator[str]:
    return (str(place) for place in places if str(place))
