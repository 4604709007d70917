"""What proves a signature: a code of one's own mailbox, and keyed marks of where it came from."""

import secrets
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from core.rules import RuleBroken
from immersions.agreements.models import AgreementVersion, Signatory, SigningCode

DIGITS = 6


@dataclass(frozen=True, slots=True)
class Evidence:
    """Marks of a request, hashed with the site's secret: they compare, and tell nothing."""

    ip_hash: str = ""
    agent_hash: str = ""


def evidence_of(request: HttpRequest) -> Evidence:
    return Evidence(
        _keyed("ip", get_adapter().get_client_ip(request) or ""),
        _keyed("agent", request.headers.get("User-Agent", "")),
    )


def _keyed(what: str, value: str) -> str:
    return salted_hmac(f"immersions.signature.{what}", value, algorithm="sha256").hexdigest()


def new_code(signatory: Signatory, version: AgreementVersion) -> tuple[SigningCode, str]:
    """A new code for this person and this text; those sent before are worth nothing any more."""
    SigningCode.objects.filter(signatory=signatory, used_at=None).update(used_at=timezone.now())
    digits = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    row = SigningCode(signatory=signatory, version=version, code_hash=_hash(signatory, version, digits))
    row.save()
    return row, digits


def _hash(signatory: Signatory, version: AgreementVersion, digits: str) -> str:
    """Bound to the person and to the text: the code of another document never matches."""
    return _keyed("code", f"{signatory.pk}/{version.pk}/{version.sha256}/{digits}")


def try_code(signatory: Signatory, version: AgreementVersion, typed: str) -> RuleBroken | None:
    """Use up the live code, or say why not. A wrong try is counted; the caller commits it."""
    code = SigningCode.objects.select_for_update().filter(signatory=signatory, version=version).first()
    if code is None or not code.is_live:
        if code is not None:
            _count(code)
        return RuleBroken(
            "Ce code ne peut plus servir : il date de plus de 15 minutes, il a déjà servi, ou il était "
            "pour un autre texte. Demandez un nouveau code.",
            code="too_late",
        )
    digits = "".join(character for character in typed if character.isalnum())
    if not secrets.compare_digest(_hash(signatory, version, digits), code.code_hash):
        _count(code)
        return _wrong(SigningCode.TRIES - code.tries)
    code.used_at = timezone.now()
    code.save(update_fields=["used_at"])
    return None


def _count(code: SigningCode) -> None:
    code.tries = min(code.tries + 1, 1000)
    code.save(update_fields=["tries"])


def _wrong(left: int) -> RuleBroken:
    if left <= 0:
        return RuleBroken(
            "Cinq codes faux : par sécurité, ce code est annulé. Demandez un nouveau code.", code="cancelled"
        )
    tries = "un essai" if left == 1 else f"{left} essais"
    return RuleBroken(f"Ce code n’est pas le bon. Il vous reste {tries}.", code="wrong")
