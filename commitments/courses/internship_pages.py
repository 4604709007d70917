"""Internships: planned by the organisation; their agreement, brought by it or by the company, read by the parties."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from commitments.courses import internships
from commitments.courses.forms import DocumentForm, InternshipForm
from commitments.courses.internship_models import Internship, InternshipDocument
from commitments.courses.organisation_pages import FOLDER, ask, page, theirs
from commitments.courses.queries import IN_COURSE
from commitments.seats.models import SeatRequest
from core.rules import RuleBroken
from core.signing.responses import file_response
from immersions.applications.candidate_pages import posted


def _promising(it: SeatRequest) -> str:
    return it.commitment.company.name if it.commitment is not None and it.is_promised else ""


@page
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """« Un stage du… au… »"""
    it = theirs(request, pk)
    form = InternshipForm(posted(request), promising=_promising(it))

    def act(data: dict[str, Any]) -> None:
        internships.plan_internship(it, by=request.user, **data)

    done = "Le stage est noté : la personne et l’entreprise le savent."
    return ask(request, it, form, "internship", act, done, is_open=it.status in IN_COURSE)


def _one(request: HttpRequest, pk: int) -> tuple[Internship, SeatRequest]:
    row = get_object_or_404(Internship.objects.of_organisations(request.user), pk=pk)
    return row, theirs(request, row.seat_request_id)


@page
def change(request: HttpRequest, pk: int) -> HttpResponse:
    row, it = _one(request, pk)
    promising = _promising(it)
    initial = {name: getattr(row, name) for name in InternshipForm.base_fields}
    form = InternshipForm(posted(request), promising=promising, initial=initial)

    def act(data: dict[str, Any]) -> None:
        internships.plan_internship(it, by=request.user, instead_of=row, **data)

    done = "Le stage est changé : la personne et l’entreprise le savent."
    is_open = it.status in IN_COURSE and row.cancelled_at is None
    return ask(request, it, form, "internship", act, done, is_open=is_open, internship=row)


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    row, it = _one(request, pk)
    try:
        internships.cancel_internship(row, by=request.user)
    except RuleBroken as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "Le stage est annulé : la personne et l’entreprise le savent.")
    return redirect("commitments:course", it.pk)


@page
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """The training's agreement for this internship: brought here, and kept."""
    mine = Internship.objects.given_by(request.user).for_list().prefetch_related("documents")
    row = get_object_or_404(mine, pk=pk)
    is_organisation = Internship.objects.of_organisations(request.user).filter(pk=pk).exists()
    form = DocumentForm(posted(request), request.FILES or None)
    if form.is_bound and form.is_valid():
        try:
            internships.give_document(row, by=request.user, scan=form.cleaned_data["scan"])
        except RuleBroken as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "La convention est déposée : les parties peuvent la lire.")
            return redirect("commitments:internship_document", pk)
    context = {
        "internship": row,
        "it": row.seat_request,
        "form": form,
        "base": f"spaces/{'organisation' if is_organisation else 'company'}_base.html",
        "is_organisation": is_organisation,
        "full_name": row.candidate.user.get_full_name(),
    }
    return render(request, f"{FOLDER}/document.html", context)


@require_safe
@never_cache
def read_document(request: HttpRequest, pk: int, document: int) -> HttpResponse:
    """Only for the parties: as a file, never shown in the site."""
    readable = Internship.objects.readable_by(request.user)
    papers = InternshipDocument.objects.exclude(scan="")
    found = get_object_or_404(papers, pk=document, internship__in=readable.filter(pk=pk))
    return file_response(found.scan, name=f"convention-de-stage-{found.pk}")
