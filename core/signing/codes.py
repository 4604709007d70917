"""Codes of one's own mailbox: for one person and one text, 15 minutes, five tries, once.

`codes` is the room's own `SigningCodeBase`, `signatory` and `version` the rows it points to.
"""

import secrets
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from core.rules import RuleBroken
from core.signing.evidence import keyed
from core.signing.models import FrozenText, SignatoryBase, SigningCodeBase

DIGITS = 6
REFUSALS = ("wrong", "too_late", "cancelled")  # What `try_code` answers: for the field, not for the page.
Code = TypeVar("Code", bound=SigningCodeBase)


def new_code(codes: type[Code], signatory: SignatoryBase, version: FrozenText) -> tuple[Code, str]:
    """A new code for this person and this text; those sent before are worth nothing any more."""
    _rows(codes, signatory=signatory, used_at=None).update(used_at=timezone.now())
    digits = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    fields: dict[str, Any] = {"signatory": signatory, "version": version}
    row = codes(**fields, code_hash=_hash(signatory, version, digits))
    row.save()
    return row, digits


def has_live_code(codes: type[Code], signatory: SignatoryBase, version: FrozenText) -> bool:
    """Has one been sent that may still be typed?"""
    code = _rows(codes, signatory=signatory, version=version).first()
    return code is not None and code.is_live


@transaction.atomic
def try_code(
    codes: type[Code], signatory: SignatoryBase, version: FrozenText, typed: str
) -> RuleBroken | None:
    """Use up the live code, or say why not.

    A wrong try is counted by PostgreSQL, five at most however many come at once. It counts when the
    caller commits: return the refusal out of the transaction, then raise it.
    """
    code = _rows(codes, signatory=signatory, version=version).first()
    if code is None:
        return _worth_nothing()
    typed_hash = _hash(signatory, version, "".join(it for it in typed if it.isalnum()))
    is_right = secrets.compare_digest(typed_hash, code.code_hash)
    now = timezone.now()
    open_rows = _rows(codes, pk=code.pk, tries__lt=codes.TRIES)
    live_rows = open_rows.filter(used_at=None, created_at__gt=now - codes.LASTS)
    if is_right and live_rows.update(used_at=now):
        return None
    was_live = code.is_live
    if not open_rows.update(tries=F("tries") + 1) or is_right or not was_live:
        return _worth_nothing()
    code.refresh_from_db(fields=["tries"])
    return _wrong(codes.TRIES - code.tries)


def _rows(codes: type[Code], **which: Any) -> QuerySet[Code]:
    return codes._default_manager.filter(**which)


def _hash(signatory: SignatoryBase, version: FrozenText, digits: str) -> str:
    """Bound to the person and to the text: the code of another document never matches."""
    return keyed("code", f"{version._meta.label}/{signatory.pk}/{version.pk}/{version.sha256}/{digits}")


def _worth_nothing() -> RuleBroken:
    return RuleBroken(
        "Ce code ne peut plus servir : il date de plus de 15 minutes, il a déjà servi, ou il était "
        "pour un autre texte. Demandez un nouveau code.",
        code="too_late",
    )


def _wrong(left: int) -> RuleBroken:
    if left <= 0:
        return RuleBroken(
            "Cinq codes faux : par sécurité, ce code est annulé. Demandez un nouveau code.", code="cancelled"
        )
    tries = "un essai" if left == 1 else f"{left} essais"
    return RuleBroken(f"Ce code n’est pas le bon. Il vous reste {tries}.", code="wrong")
