"""The PDF of an agreement: its frozen text, and the evidence of who signed."""

from typing import Any

from django.http import HttpResponse

from core.signing.pdf.build import pdf_from, signed_data
from core.signing.responses import pdf_response
from immersions.agreements.models import Agreement, AgreementVersion, SignatoryRole
from immersions.agreements.workflow import WAITS_FOR_SIGNATURES, AgreementStatus


def agreement_as_file(agreement: Agreement, version: AgreementVersion) -> HttpResponse:
    return pdf_response(pdf_of(agreement, version), name=f"convention-{version.code}")


def pdf_of(agreement: Agreement, version: AgreementVersion) -> bytes:
    return pdf_from(data_of(agreement, version), at=version.frozen_at)


def data_of(agreement: Agreement, version: AgreementVersion) -> dict[str, Any]:
    signatures = sorted(version.signatures.all(), key=lambda it: SignatoryRole.values.index(it.role))
    signed = {signature.role for signature in signatures}
    return signed_data(
        version,
        signatures=signatures,
        missing=[
            signatory.get_role_display().lower()
            for signatory in agreement.needed_signatories
            if signatory.role not in signed
        ],
        warning=_warning(agreement, version),
        may_be_signed=version == agreement.version and agreement.status in WAITS_FOR_SIGNATURES,
    )


def _warning(agreement: Agreement, version: AgreementVersion) -> str:
    """A document that is not valid says so on its first page."""
    if agreement.version is None or agreement.version.pk != version.pk:
        return "Cette version ne vaut plus : elle a été remplacée, refusée ou annulée."
    if agreement.status != AgreementStatus.VALIDATED:
        return "Pas encore valable : il manque des signatures ou la validation de l’organisme prescripteur."
    return ""
