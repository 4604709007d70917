"""Reading an agreement made on Immersion Facilitée, by its partners' API.

Off when `IF_API_URL` or `IF_API_KEY` is empty. Slow, down or wrong, it costs a few seconds and
nothing else: the prescriber then types and confirms.
"""

import json
import logging
import re
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings

from candidates.structures.models import Kind, SupportStructure
from immersions.applications.models import Application

logger = logging.getLogger(__name__)
TIMEOUT = 5  # seconds
LARGEST_ANSWER = 200_000  # bytes
LARGEST_PDF = 5 * 1024 * 1024
VALIDATED = "ACCEPTED_BY_VALIDATOR"
NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{4,59}")
AGENCY_KINDS = {
    Kind.FRANCE_TRAVAIL: "pole-emploi",
    Kind.MISSION_LOCALE: "mission-locale",
    Kind.CAP_EMPLOI: "cap-emploi",
}


@dataclass(frozen=True, slots=True)
class Found:
    """What Immersion Facilitée says of one agreement."""

    number: str
    status: str
    siret: str
    first_day: str
    last_day: str
    pdf: bytes = b""

    @property
    def is_validated(self) -> bool:
        return self.status == VALIDATED


class Unavailable(Exception):
    """No answer, or one that is not understood."""


def is_on() -> bool:
    return bool(settings.IF_API_URL and settings.IF_API_KEY)


def find(number: str) -> Found | None:
    """The agreement of that number; None when there is none. Raises Unavailable."""
    if not is_on() or not NUMBER.fullmatch(number):
        return None
    base = settings.IF_API_URL.rstrip("/")
    body = _get(f"{base}/v2/conventions/{quote(number)}", most=LARGEST_ANSWER)
    if body is None:
        return None
    try:
        answer = json.loads(body)
        found = Found(
            number=str(answer["id"])[:60],
            status=str(answer["status"])[:60],
            siret=str(answer["siret"]),
            first_day=str(answer["dateStart"])[:10],
            last_day=str(answer["dateEnd"])[:10],
            pdf=_pdf_of(answer, base),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise Unavailable from error
    return found


def _pdf_of(answer: dict[str, Any], base: str) -> bytes:
    """The document, when the answer names one on the same server: nothing else is fetched."""
    address = str(answer.get("documentUrl") or "")
    if not address or urlsplit(address)[:2] != urlsplit(base)[:2]:
        return b""
    content = _get(address, most=LARGEST_PDF) or b""
    return content if content.startswith(b"%PDF-") else b""


class _NoRedirect(HTTPRedirectHandler):
    """The key is for that server only."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def _get(address: str, *, most: int) -> bytes | None:
    if not address.startswith(("https://", "http://")):
        raise Unavailable
    request = Request(address, headers={"Authorization": settings.IF_API_KEY, "Accept": "*/*"})  # noqa: S310
    try:
        with build_opener(_NoRedirect).open(request, timeout=TIMEOUT) as response:
            content = response.read(most + 1)
    except HTTPError as error:
        if error.code == 404:
            return None
        logger.warning("immersion facilitee refused", extra={"code": error.code})
        raise Unavailable from error
    except (URLError, TimeoutError, OSError) as error:
        logger.warning("immersion facilitee unavailable", extra={"reason": type(error).__name__})
        raise Unavailable from error
    if len(content) > most:
        raise Unavailable
    return content


def form_url(application: Application, structure: SupportStructure | None) -> str:
    """Its form, with what its address accepts: the place, and the agency. Nothing about the person."""
    offer = application.offer
    known = {
        "siret": offer.company.organisation.siret,
        "immersionAddress": str(offer.workplace),
        "agencyDepartment": offer.department_code,
        "agencyKind": AGENCY_KINDS.get(Kind(structure.kind), "") if structure else "",
    }
    return f"{settings.IF_FORM_URL}?{urlencode({name: value for name, value in known.items() if value})}"
