"""A project signed by hand: the text to print, the page where its copy is laid down, the copy itself."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from commitments.projects import papers, showing
from commitments.projects.models import Commitment
from commitments.projects.pages import FOLDER, on_side, page
from commitments.projects.pdf import pdf_of
from commitments.projects.texts import CommitmentSignature
from core.signing.pages import record_on_paper
from core.signing.responses import pdf_response, scan_response


def _of_party(request: HttpRequest, pk: int) -> tuple[Commitment, dict[str, Any]]:
    """Both sides, and the advisor: the organisation reads the text, never a paper."""
    return on_side(request, pk, *papers.RECORDS)


@page
@never_cache
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """« Signé sur papier »: who, and the copy."""
    it, context = _of_party(request, pk)
    version = showing.text_waiting(it)
    form = record_on_paper(
        request,
        roles=showing.recordable(it, context["side"]),
        number=version.number if version else 0,
        record=partial(papers.record_paper, it),
    )
    if form is None:
        return redirect("commitments:commitment", pk)
    return render(request, f"{FOLDER}/paper.html", context | {"form": form, "version": version})


@require_safe
def pdf_to_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """The text that waits for signatures: during a change, not the one that binds."""
    it, _ = _of_party(request, pk)
    version = showing.text_waiting(it)
    if version is None:
        raise Http404
    return pdf_response(pdf_of(version), name=f"projet-emploi-formation-{version.number}")


@require_safe
def scan(request: HttpRequest, pk: int, signature: int) -> HttpResponse:
    """The copy of a paper: to the parties only, as a file, never shown in the site."""
    it, _ = _of_party(request, pk)
    rows = CommitmentSignature.objects.exclude(scan="")
    return scan_response(get_object_or_404(rows, pk=signature, version__commitment=it))
