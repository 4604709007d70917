"""The PDF as an answer: a file to keep, never cached by what stands between."""

from django.http import HttpResponse

from immersions.agreements.models import Agreement, AgreementVersion
from immersions.agreements.pdf.build import pdf_of


def pdf_response(agreement: Agreement, version: AgreementVersion) -> HttpResponse:
    response = HttpResponse(pdf_of(agreement, version), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="convention-{version.code}.pdf"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
