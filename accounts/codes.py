"""Codes for what a logged-in person does: they wait in the session, like those of the log-in."""

import datetime as dt
import secrets
import time
from typing import NoReturn

from allauth.core import ratelimit
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import CodeTries
from core.rules import RuleBroken

LASTS = 15 * 60  # Seconds.
TRIES = 5
CANCELLED = "Cinq codes faux : par sécurité, ce code est annulé. Demandez un nouveau code."
SLOW_DOWN = "Trop de demandes en peu de temps. Attendez une minute, puis recommencez."


def issue(request: HttpRequest, purpose: str, *, to: str) -> str:
    """A new code for `purpose`; the one before is worth nothing any more."""
    if not ratelimit.consume(request, action="issue_code", key=f"{purpose}:{request.user.pk}"):
        raise RuleBroken(SLOW_DOWN, code="too_many")
    code = f"{secrets.randbelow(10**6):06d}"
    request.session[_key(purpose)] = {"code": code, "to": to, "at": time.time()}
    return code


def useless_after() -> dt.datetime:
    """When the message of a code made now is worth nothing any more."""
    return timezone.now() + dt.timedelta(seconds=LASTS)


def key_of(*words: object) -> str:
    """A keyed mark of one code and of what it opens: it compares, and tells nothing."""
    return salted_hmac("accounts.codes", "/".join(map(str, words)), algorithm="sha256").hexdigest()


def use_a_try(key: str) -> bool:
    """Take one of the five tries of a code, before looking at what was typed. Requests that cross
    each other share no session: they share this row.
    """
    CodeTries.objects.bulk_create([CodeTries(key=key)], ignore_conflicts=True)
    untaken = CodeTries.objects.filter(key=key, used__lt=TRIES)
    return bool(untaken.update(used=F("used") + 1))


def tries_left(key: str) -> int:
    used = CodeTries.objects.filter(key=key).values_list("used", flat=True).first()
    return TRIES - (used or 0)


def forget_old_tries() -> None:
    CodeTries.objects.filter(at__lt=timezone.now() - dt.timedelta(seconds=2 * LASTS)).delete()


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
    tries = key_of(purpose, request.user.pk, pending["at"], pending["code"])
    if not use_a_try(tries):
        _cancel(request, purpose)
    digits = "".join(character for character in typed if character.isalnum())
    if not secrets.compare_digest(digits.encode(), pending["code"].encode()):
        _say_wrong(request, purpose, tries_left(tries))
    del request.session[_key(purpose)]
    return pending["to"]


def _say_wrong(request: HttpRequest, purpose: str, left: int) -> NoReturn:
    if not left:
        _cancel(request, purpose)
    tries = "un essai" if left == 1 else f"{left} essais"
    raise RuleBroken(f"Ce code n’est pas le bon. Il vous reste {tries}.", code="wrong")


def _cancel(request: HttpRequest, purpose: str) -> NoReturn:
    del request.session[_key(purpose)]
    raise RuleBroken(CANCELLED, code="cancelled")


def _key(purpose: str) -> str:
    return f"code:{purpose}"
