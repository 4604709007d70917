"""The public register of companies (API Recherche d’entreprises): name and address of a SIRET.

Off when `COMPANY_REGISTER_URL` is empty. Slow, busy or down, it costs two seconds and nothing else:
one goes on by hand.
"""

import json
import logging
from dataclasses import dataclass
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from django.conf import settings

logger = logging.getLogger(__name__)
TIMEOUT = 2  # Seconds.
LARGEST_ANSWER = 500_000  # Bytes.
CLOSED = "F"


@dataclass(frozen=True, slots=True, kw_only=True)
class Establishment:
    """What the register says of one SIRET."""

    siret: str
    name: str
    address: str
    postcode: str
    commune_code: str
    is_closed: bool


def find(siret: str) -> Establishment | None:
    """None when the register is off, does not answer, or does not know this SIRET."""
    if not settings.COMPANY_REGISTER_URL:
        return None
    answer = _ask({"q": siret, "per_page": "1"})
    try:
        return _establishment(answer, siret) if answer else None
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        logger.warning("company register answered something else")
        return None


def _ask(params: dict[str, str]) -> dict[str, Any] | None:
    base = settings.COMPANY_REGISTER_URL.rstrip("/")
    if not base.startswith(("https://", "http://")):
        logger.error("COMPANY_REGISTER_URL is not an http address")
        return None
    request = Request(f"{base}/search?{urlencode(params)}", headers={"Accept": "application/json"})  # noqa: S310
    try:
        with urlopen(request, timeout=TIMEOUT) as response:  # noqa: S310 - checked just above.
            return json.loads(response.read(LARGEST_ANSWER))
    except (URLError, TimeoutError, OSError, ValueError) as error:  # 429 is a URLError too.
        logger.warning("company register unavailable", extra={"reason": type(error).__name__})
        return None


def _establishment(answer: dict[str, Any], siret: str) -> Establishment | None:
    for company in answer["results"]:
        for place in [*company.get("matching_etablissements", []), company["siege"]]:
            if place["siret"] == siret:
                return Establishment(
                    siret=siret,
                    name=str(place.get("nom_commercial") or company["nom_complet"])[:200],
                    address=_street(str(place["adresse"] or ""), str(place["code_postal"] or "")),
                    postcode=str(place["code_postal"] or "")[:5],
                    commune_code=str(place["commune"] or "")[:5],
                    is_closed=place["etat_administratif"] == CLOSED,
                )
    return None


def _street(address: str, postcode: str) -> str:
    """« 4 RUE DE POUILLY 57000 METZ » → « 4 RUE DE POUILLY »."""
    return (address.partition(f" {postcode}")[0] if postcode else address).strip()[:200]
