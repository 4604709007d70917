"""The advisor's pages: is this training project sound? One click says yes."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from commitments.seats import showing, validating
from commitments.seats.for_advisors import following_of
from commitments.seats.forms import NotValidateForm, ValidateForm
from commitments.seats.models import SeatRequest
from commitments.seats.workflow import BEFORE_ENTRY, NOT_VALIDATE, VALIDATE
from core import french
from core.rules import RuleBroken
from core.workflow import Transition
from immersions.applications.candidate_pages import posted
from territories.geo import distance_km
from territories.travel import travel_words

page = require_http_methods(["GET", "HEAD", "POST"])
FOLDER = "commitments/seats"


def followed(request: HttpRequest, pk: int) -> SeatRequest:
    """A request of somebody whom a structure of this advisor accompanies."""
    return get_object_or_404(SeatRequest.objects.followed_by(request.user).for_page(), pk=pk)


@page
def validation(request: HttpRequest, pk: int) -> HttpResponse:
    """The project: which training, how far, what is promised; and the yes."""
    it = followed(request, pk)
    form = ValidateForm(posted(request))
    if form.is_valid() and _done(
        form, lambda: validating.validate_project(it.validation, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, "Le projet est validé : la personne et l’organisme sont prévenus.")
        return redirect("commitments:project_validation", pk)
    context = _context(it, form) | {"following": following_of(it.candidate, request.user)}
    return render(request, f"{FOLDER}/validation.html", context)


@page
def not_validate(request: HttpRequest, pk: int) -> HttpResponse:
    it = followed(request, pk)
    form = NotValidateForm(posted(request))
    if not form.is_bound and not _is_open(it, NOT_VALIDATE):
        messages.info(request, "Cette étape n’est plus à faire : voici où en est le projet.")
        return redirect("commitments:project_validation", pk)
    if form.is_valid() and _done(
        form, lambda: validating.not_validate_project(it.validation, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, "C’est dit : la personne lit vos raisons et la suite.")
        return redirect("commitments:project_validation", pk)
    return render(request, f"{FOLDER}/not_validate.html", _context(it, form))


def _is_open(it: SeatRequest, move: Transition) -> bool:
    return it.status in BEFORE_ENTRY and move.is_possible_from(it.validation.status)


def _done(form: Any, act: Any) -> bool:
    try:
        act()
    except RuleBroken as refusal:
        form.add_error(refusal.code if refusal.code in form.fields else None, refusal)
        return False
    return True


def _context(it: SeatRequest, form: Any) -> dict[str, Any]:
    action, commune = it.session.action, it.candidate.commune
    is_placed = commune is not None and action.x is not None
    km = distance_km((commune.x, commune.y), (action.x, action.y)) if is_placed else None
    return {
        "it": it,
        "form": form,
        "trainee": showing.Trainee(it),
        "session": it.session,
        "training": action.training,
        "validation": it.validation,
        "km": french.kilometres(km) if km is not None else "",
        "travel": travel_words(km, commune.department_id if commune else ""),
        "conditions": action.conditions,
        "may_validate": _is_open(it, VALIDATE),
        "may_not_validate": _is_open(it, NOT_VALIDATE),
        "reason": it.validation.get_reason_display() if it.validation.reason != "other" else "",
    }
