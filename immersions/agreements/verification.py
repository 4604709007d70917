"""« Ce document est-il valable ? »: for who holds a paper with a code. Nothing personal."""

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from immersions import verification
from immersions.agreements.models import AgreementVersion
from immersions.agreements.workflow import AgreementStatus
from immersions.verification import VerifiedDocument

KIND = "Convention de mise en situation en milieu professionnel (immersion)"
NOTES = {
    AgreementStatus.VALIDATED: "Il est signé par toutes les parties et validé.",
    AgreementStatus.VOID: "Document sans effet : l’immersion a été annulée.",
    AgreementStatus.REFUSED: "Document sans effet : l’organisme prescripteur l’a refusé.",
}
NOT_YET = "Pas encore valable : il manque des signatures, ou la validation."
REPLACED = "Document remplacé : une version plus récente existe, celle-ci ne vaut plus."


@login_not_required
@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Valid or not, what kind, when, and the hash to compare: for every document issued here."""
    if not ratelimit.consume(request, action="verify_document"):
        return render(request, "immersions/agreements/verification_slow.html", status=429)
    document = verification.find(code)
    if document is None:
        return render(request, "immersions/agreements/verification_unknown.html", status=404)
    return render(request, "immersions/agreements/verification.html", {"document": document})


def find(code: str) -> VerifiedDocument | None:
    """For `immersions.verification`."""
    version = AgreementVersion.objects.select_related("agreement").filter(code=code).first()
    if version is None:
        return None
    note = note_of(version)
    return VerifiedDocument(
        kind=KIND,
        code=version.code,
        sha256=version.sha256,
        issued_at=version.frozen_at,
        is_valid=note == NOTES[AgreementStatus.VALIDATED],
        note=note,
    )


def note_of(version: AgreementVersion) -> str:
    agreement = version.agreement
    is_last = not AgreementVersion.objects.filter(agreement=agreement, number__gt=version.number).exists()
    if not is_last or agreement.status == AgreementStatus.DRAFT:
        return REPLACED
    return NOTES.get(AgreementStatus(agreement.status), NOT_YET)
