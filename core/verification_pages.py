"""« Ce document est-il valable ? »: for who holds a paper with a code. Nothing personal."""

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import verification


@login_not_required
@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Valid or not, what kind, when, and the hash to compare: for every document issued here."""
    if not ratelimit.consume(request, action="verify_document"):
        return render(request, "verification/slow.html", status=429)
    document = verification.find(code)
    if document is None:
        return render(request, "verification/unknown.html", status=404)
    return render(request, "verification/document.html", {"document": document})
