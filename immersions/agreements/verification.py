"""« Ce document est-il valable ? »: for who holds a paper with a code. Nothing personal."""

import datetime as dt

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from immersions.agreements.models import AgreementVersion
from immersions.agreements.workflow import AgreementStatus

WORDS = {
    AgreementStatus.VALIDATED: ("Document valable", "Il est signé par toutes les parties et validé.", "good"),
    AgreementStatus.VOID: ("Document sans effet", "L’immersion a été annulée.", "bad"),
    AgreementStatus.REFUSED: ("Document sans effet", "L’organisme prescripteur l’a refusé.", "bad"),
}
NOT_YET = ("Pas encore valable", "Il manque des signatures, ou la validation.", "due")
REPLACED = ("Document remplacé", "Une version plus récente existe : celle-ci ne vaut plus.", "bad")


@login_not_required
@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Valid or not, what kind, when, and the hash to compare."""
    if not ratelimit.consume(request, action="verify_document"):
        return render(request, "immersions/agreements/verification_slow.html", status=429)
    versions = AgreementVersion.objects.select_related("agreement").prefetch_related("signatures")
    version = versions.filter(code=code.strip().upper()).first()
    if version is None:
        return render(request, "immersions/agreements/verification_unknown.html", status=404)
    title, text, kind = words_of(version)
    context = {
        "version": version,
        "title": title,
        "text": text,
        "kind": kind,
        "day": _valid_on(version) if kind == "good" else None,
    }
    return render(request, "immersions/agreements/verification.html", context)


def words_of(version: AgreementVersion) -> tuple[str, str, str]:
    agreement = version.agreement
    is_last = not AgreementVersion.objects.filter(agreement=agreement, number__gt=version.number).exists()
    if not is_last or agreement.status == AgreementStatus.DRAFT:
        return REPLACED
    return WORDS.get(AgreementStatus(agreement.status), NOT_YET)


def _valid_on(version: AgreementVersion) -> dt.date:
    return timezone.localdate(max(signature.signed_at for signature in version.signatures.all()))
