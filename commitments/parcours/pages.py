"""The path's page for five roles; who reads it, and with whom it is shared, for the person."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Organisation
from accounts.roles import ADVISOR, COMPANY
from candidates.models import Candidate
from commitments.parcours import actions, readers, showing
from commitments.parcours.forms import FindPartnerForm, SponsorForm
from commitments.parcours.models import PathAccess
from commitments.parcours.sight import sight_of
from commitments.projects.pages import on_side
from core.rules import RuleBroken
from immersions.applications.candidate_pages import posted

page = require_http_methods(["GET", "HEAD", "POST"])
FOLDER = "commitments/parcours"
ACCESSES_SHOWN = 100


def _own(request: HttpRequest) -> Candidate:
    return get_object_or_404(Candidate.objects.of(request.user).select_related("user"))


@require_safe
@never_cache
def my_path(request: HttpRequest) -> HttpResponse:
    """« Mon parcours »."""
    return _path(request, _own(request))


@require_safe
@never_cache
def path_of(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The same page, for whoever takes part in it. Each reading is noted."""
    return _path(request, get_object_or_404(Candidate.objects.select_related("user"), uid=uid))


def _path(request: HttpRequest, candidate: Candidate) -> HttpResponse:
    sight = sight_of(candidate, request.user)
    if sight is None:
        raise Http404
    actions.note_access(candidate, sight, by=request.user)
    return render(request, f"{FOLDER}/path.html", showing.page_of(candidate, sight))


@require_safe
@never_cache
def my_readers(request: HttpRequest) -> HttpResponse:
    """« Qui voit mon parcours »: by right, by choice, and who has read it."""
    candidate = _own(request)
    form = FindPartnerForm(request.GET or None)
    words = form.cleaned_data["q"] if form.is_bound and form.is_valid() else ""
    context = {
        "form": form,
        "words": words,
        "by_right": readers.by_right(candidate),
        "partners": readers.partners_of(candidate, words),
        "accesses": PathAccess.objects.filter(candidate=candidate).select_related("user")[:ACCESSES_SHOWN],
    }
    return render(request, f"{FOLDER}/readers.html", context)


@require_POST
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """One partner, one click; the same page takes it back."""
    candidate = _own(request)
    organisation = get_object_or_404(Organisation, pk=pk)
    if request.POST.get("share") == "yes":
        actions.share_path(candidate, organisation, by=request.user)
        messages.success(request, f"{organisation.name} peut lire votre parcours.")
    else:
        actions.stop_sharing(candidate, organisation, by=request.user)
        messages.success(request, f"{organisation.name} ne lit plus votre parcours.")
    return redirect("commitments:my_readers")


@page
@never_cache
def sponsor(request: HttpRequest, pk: int) -> HttpResponse:
    """« Parrain, marraine ou tuteur », named by the company or the advisor."""
    it, context = on_side(request, pk, COMPANY, ADVISOR)
    known = {"sponsor_name": it.sponsor_name, "sponsor_contact": it.sponsor_contact}
    form = SponsorForm(posted(request), initial=known)
    if form.is_valid() and _named(form, it, request):
        messages.success(request, "C’est noté. La personne le lit sur son parcours.")
        return redirect("commitments:path", it.candidate.uid)
    return render(request, f"{FOLDER}/sponsor.html", {**context, "form": form})


def _named(form: SponsorForm, it: Any, request: HttpRequest) -> bool:
    data = form.cleaned_data
    try:
        actions.name_sponsor(it, name=data["sponsor_name"], contact=data["sponsor_contact"], by=request.user)
    except RuleBroken as refusal:
        form.add_error(refusal.code if refusal.code in form.fields else None, refusal)
        return False
    return True
