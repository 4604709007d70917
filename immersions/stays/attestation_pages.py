"""The candidate's own attestation, as a file to keep."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from core.signing.responses import pdf_response
from immersions.stays.models import Attestation
from immersions.stays.pdf import pdf_of


@require_safe
def attestation(request: HttpRequest, pk: int) -> HttpResponse:
    """Made at each request from the frozen text: always the same bytes."""
    it = get_object_or_404(Attestation.objects.of(request.user), application=pk)
    return pdf_response(pdf_of(it), name=f"attestation-{it.code}")
