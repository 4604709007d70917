"""What one does from the mailed link, the same for every signed text: ask for a code, then sign with it."""

from collections.abc import Callable
from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest

from core.rules import RuleBroken
from core.signing.codes import REFUSALS
from core.signing.evidence import evidence_of
from core.signing.forms import CodeForm, seen_in
from core.signing.models import SignatoryBase

SIGNED = "C’est signé. Vous recevez un e-mail qui le confirme."
SLOW_DOWN = "Trop de demandes en peu de temps. Attendez une minute, puis recommencez."


def mail_code(request: HttpRequest, signatory: SignatoryBase, *, send: Callable[..., Any]) -> None:
    """`send` is the action. What it refuses is said on the next page."""
    try:
        _slow_down(request, signatory, "sign_code")
        send(signatory, seen=seen_in(request.POST))
    except RuleBroken as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"Un code vient de partir à {signatory.masked_email}.")


def sign_from_link(
    request: HttpRequest, signatory: SignatoryBase, form: CodeForm, *, sign: Callable[..., Any]
) -> bool:
    """`sign` is the action. What it refuses is said in the form: by the code, or above all."""
    data = form.cleaned_data
    try:
        _slow_down(request, signatory, "sign_try")
        sign(
            signatory,
            typed=data["code"],
            seen=data["seen"],
            is_entitled=data.get("is_entitled", False),
            evidence=evidence_of(request),
        )
    except RuleBroken as refusal:
        form.add_error("code" if refusal.code in REFUSALS else None, refusal)
        return False
    messages.success(request, SIGNED)
    return True


def _slow_down(request: HttpRequest, signatory: SignatoryBase, action: str) -> None:
    if not ratelimit.consume(request, action=action, key=f"{signatory._meta.label}/{signatory.pk}"):
        raise RuleBroken(SLOW_DOWN, code="too_many")
