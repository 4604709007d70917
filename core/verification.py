"""Documents that anybody may verify by their code: whether they are valid, and nothing personal.

Each room that issues documents says how to find one (`documents()`, in the app's `ready()`).
"""

import datetime as dt
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # Nothing that one reads for something else.


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedDocument:
    """What a stranger may read of it."""

    kind: str
    code: str
    sha256: str
    issued_at: dt.datetime
    is_valid: bool = True
    note: str = ""


_finders: dict[str, Callable[[str], VerifiedDocument | None]] = {}


def documents(name: str, find: Callable[[str], VerifiedDocument | None]) -> None:
    """`find(code)` gives the document of that code, or None; registering again replaces it."""
    _finders[name] = find


def find(code: str) -> VerifiedDocument | None:
    """The document of that code, however it was typed."""
    tidy = tidied(code)
    return next((found for look in _finders.values() if (found := look(tidy))), None)


def tidied(code: str) -> str:
    """« kd4m 7qxa … » as it is kept: « KD4M-7QXA-… »."""
    letters = "".join(letter for letter in code.upper()[:40] if letter in CODE_LETTERS)
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def new_verification_code() -> str:
    """80 bits that one can read over the phone: « KD4M-7QXA-… »."""
    letters = [secrets.choice(CODE_LETTERS) for _ in range(16)]
    return "-".join("".join(letters[start : start + 4]) for start in range(0, 16, 4))


def address_of(code: str) -> str:
    """What a PDF prints and its QR code opens."""
    return settings.SITE_URL + reverse("verify", args=[code])
