"""What proves where a signature came from: keyed marks of a request, and nothing that one can read."""

from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


@dataclass(frozen=True, slots=True)
class Evidence:
    """Marks of a request, hashed with the site's secret: they compare, and tell nothing."""

    ip_hash: str = ""
    agent_hash: str = ""


def evidence_of(request: HttpRequest) -> Evidence:
    return Evidence(
        keyed("ip", get_adapter().get_client_ip(request) or ""),
        keyed("agent", request.headers.get("User-Agent", "")),
    )


def keyed(what: str, value: str) -> str:
    return salted_hmac(f"signature.{what}", value, algorithm="sha256").hexdigest()
