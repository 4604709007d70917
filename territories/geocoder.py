"""From an address to a point, by a geocoder that speaks like the national one (BAN, addok).

Off when `GEOCODER_URL` is empty. Slow, down or wrong, it costs two seconds and nothing else: the
caller goes on with the commune.
"""

import json
import logging
import math
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from django.conf import settings

from territories.geo import Place, lambert93
from territories.models import Commune

logger = logging.getLogger(__name__)
TIMEOUT = 2  # seconds
SURE = 0.5
LARGEST_ANSWER = 200_000  # bytes
ADDRESS_KINDS = ("housenumber", "street", "locality")


def find(address: str, *, commune: Commune | None = None) -> Place | None:
    """The point of an address, in `commune` when it is known. None when unsure, off or down."""
    if not settings.GEOCODER_URL or len(address.strip()) < 3:
        return None
    params = {"q": address.strip()[:200], "limit": "1"}
    if commune:
        params["citycode"] = commune.code
    answer = _ask(params)
    try:
        return _place(answer, commune) if answer else None
    except (KeyError, TypeError, ValueError, IndexError):
        logger.warning("geocoder answered something else")
        return None


def _ask(params: dict[str, str]) -> dict[str, Any] | None:
    base = settings.GEOCODER_URL.rstrip("/")
    if not base.startswith(("https://", "http://")):
        logger.error("GEOCODER_URL is not an http address")
        return None
    address = f"{base}/search?{urlencode(params)}"
    request = Request(address, headers={"Accept": "application/json"})  # noqa: S310
    try:
        with urlopen(request, timeout=TIMEOUT) as response:  # noqa: S310 - checked just above.
            return json.loads(response.read(LARGEST_ANSWER))
    except (URLError, TimeoutError, OSError, ValueError) as error:
        logger.warning("geocoder unavailable", extra={"reason": type(error).__name__})
        return None


def _place(answer: dict[str, Any], commune: Commune | None) -> Place | None:
    features = answer["features"]
    if not features:
        return None
    properties = features[0]["properties"]
    longitude, latitude = map(float, features[0]["geometry"]["coordinates"][:2])
    code = str(properties["citycode"])
    known = commune if commune and commune.code == code else Commune.objects.filter(pk=code).first()
    if known is None or (commune and known.pk != commune.pk):
        return None
    if float(properties["score"]) < SURE or properties["type"] not in ADDRESS_KINDS:
        return None
    if not (math.isfinite(latitude) and math.isfinite(longitude)):
        return None
    x, y = lambert93(latitude, longitude)
    label = str(properties["label"])[:200]
    return Place(label=label, code=known.pk, x=x, y=y, latitude=latitude, longitude=longitude)
