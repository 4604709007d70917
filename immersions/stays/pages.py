"""From the start on: each page exists twice, once for each side. `side` comes from the address,
and who may open it from the account.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core.early import overtaken, turned_back
from core.rules import RuleBroken
from core.workflow import why_not
from immersions.applications.candidate_pages import posted
from immersions.applications.models import Application
from immersions.applications.words import thing_words
from immersions.applications.workflow import HOLDS_PLACES, INTERRUPT
from immersions.stays import actions, emails, incident_actions
from immersions.stays.dates import period_of
from immersions.stays.forms import AbsenceForm, IncidentForm, StopForm
from immersions.stays.models import Side

page = require_http_methods(["GET", "HEAD", "POST"])
FOLDER = "immersions/stays"


def mine(request: HttpRequest, pk: int, side: str) -> Application:
    """The application of this side; a stranger's does not exist."""
    applications = Application.objects.for_page()
    mine = applications.of(request.user) if side == Side.CANDIDATE else applications.received_by(request.user)
    return get_object_or_404(mine, pk=pk)


def home_of(application: Application, side: str) -> str:
    name = "my_application" if side == Side.CANDIDATE else "received_application"
    return reverse(f"immersions:{name}", args=[application.pk])


def about(application: Application, side: str) -> dict[str, Any]:
    """What every template of this alcove needs."""
    is_candidate = side == Side.CANDIDATE
    return {
        "application": application,
        "offer": application.offer,
        "side": side,
        "is_candidate": is_candidate,
        "base": "spaces/candidate_base.html" if is_candidate else "spaces/company_base.html",
        "first_name": application.candidate.user.first_name,
        "thing": thing_words(application.offer).lower(),
        "home": home_of(application, side),
    }


@require_safe
def sheet(request: HttpRequest, pk: int, side: str) -> HttpResponse:
    """The practical sheet: on screen, on paper."""
    application = mine(request, pk, side)
    if application.status not in HOLDS_PLACES:
        raise Http404
    context = about(application, side) | {
        "sheet": emails.sheet_of(application),
        "person": application.candidate.user,
    }
    return render(request, f"{FOLDER}/sheet.html", context)


@page
def interrupt(request: HttpRequest, pk: int, side: str) -> HttpResponse:
    """« On arrête là » : a reason, and the others are told."""
    application = mine(request, pk, side)
    if too_late := turned_back(
        request, why_not(INTERRUPT, application, role=side), to=home_of(application, side)
    ):
        return too_late

    def act(data: dict[str, Any]) -> None:
        actions.interrupt_stay(application, by=request.user, **data)

    done = "C’est noté. L’autre partie est prévenue. Il reste votre bilan : une minute."
    return decide(request, application, side, StopForm(posted(request), side=side), act, "interrupt", done)


@page
def absence(request: HttpRequest, pk: int, side: str) -> HttpResponse:
    """One's own version. The other side's is not shown before one has given one's own."""
    application = mine(request, pk, side)
    known = list(application.absences.all())
    if any(version.side == side for version in known):
        return redirect(home_of(application, side))
    home = home_of(application, side)
    if too_late := turned_back(request, actions.why_no_absence(application, role=side), to=home):
        return too_late

    def act(data: dict[str, Any]) -> None:
        actions.tell_absence(application, by=request.user, **data)

    done = "C’est noté, tel que vous l’avez écrit."
    form = AbsenceForm(posted(request), side=side)
    return decide(request, application, side, form, act, "absence", done, is_second=bool(known))


@page
def incident(request: HttpRequest, pk: int, side: str) -> HttpResponse:
    """« Quelque chose ne va pas » : two kinds, a few words, and the right people know at once."""
    application = mine(request, pk, side)

    def act(data: dict[str, Any]) -> None:
        incident_actions.report_incident(application, by=request.user, **data)

    done = "C’est transmis, à l’instant. Si c’est urgent, appelez le 15 ou le 112."
    form = IncidentForm(posted(request))
    context = {"may": incident_actions.may_report_incident(application), "period": period_of(application)}
    return decide(request, application, side, form, act, "incident", done, **context)


def decide(
    request: HttpRequest,
    application: Application,
    side: str,
    form: forms.Form,
    act: Callable[[dict[str, Any]], None],
    template: str,
    done: str,
    **context: Any,
) -> HttpResponse:
    """One decision, one page: what was typed is sound, the action says yes, one goes back."""
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except RuleBroken as refusal:
            if too_late := overtaken(request, refusal, to=home_of(application, side)):
                return too_late
            form.add_error(None, refusal)
        else:
            messages.success(request, done)
            return redirect(home_of(application, side))
    return render(request, f"{FOLDER}/{template}.html", about(application, side) | {"form": form} | context)
