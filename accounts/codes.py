"""Codes for what a logged-in person does: they wait in the session, like those of the log-in."""

import secrets
import time

from allauth.core import ratelimit
from django.http import HttpRequest

from core.rules import RuleBroken

LASTS = 15 * 60  # Seconds.
TRIES = 5
SLOW_DOWN = "Trop de demandes en peu de temps. Attendez une minute, puis recommencez."


def issue(request: HttpRequest, purpose: str, *, to: str) -> str:
    """A new code for `purpose`; the one before is worth nothing any more."""
    if not ratelimit.consume(request, action="issue_code", key=f"{purpose}:{request.user.pk}"):
        raise RuleBroken(SLOW_DOWN, code="too_many")
    code = f"{secrets.randbelow(10**6):06d}"
    request.session[_key(purpose)] = {"code": code, "to": to, "at": time.time(), "tries": 0}
    return code


def waiting(request: HttpRequest, purpose: str) -> str:
    """The address that received the code of `purpose`; "" when none may be typed."""
    pending = request.session.get(_key(purpose))
    if not pending or time.time() - pending["at"] > LASTS:
        return ""
    return pending["to"]


def check(request: HttpRequest, purpose: str, typed: str) -> str:
    """The address that the code proves. A code serves once."""
    if not waiting(request, purpose):
        request.session.pop(_key(purpose), None)
        raise RuleBroken(
            "Ce code ne peut plus servir : il date de plus de 15 minutes, ou a déjà servi. "
            "Demandez un nouveau code.",
            code="too_late",
        )
    if not ratelimit.consume(request, action="confirm_code", key=f"{purpose}:{request.user.pk}"):
        raise RuleBroken(SLOW_DOWN, code="too_many")
    pending = request.session[_key(purpose)]
    digits = "".join(character for character in typed if character.isalnum())
    if not secrets.compare_digest(digits.encode(), pending["code"].encode()):
        _count_wrong(request, purpose, pending)
    del request.session[_key(purpose)]
    return pending["to"]


def _count_wrong(request: HttpRequest, purpose: str, pending: dict) -> None:
    pending["tries"] += 1
    left = TRIES - pending["tries"]
    if left <= 0:
        del request.session[_key(purpose)]
        raise RuleBroken(
            "Cinq codes faux : par sécurité, ce code est annulé. Demandez un nouveau code.",
            code="cancelled",
        )
    request.session[_key(purpose)] = pending
    tries = "un essai" if left == 1 else f"{left} essais"
    raise RuleBroken(f"Ce code n’est pas le bon. Il vous reste {tries}.", code="wrong")


def _key(purpose: str) -> str:
    return f"code:{purpose}"
