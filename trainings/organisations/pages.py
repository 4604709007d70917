"""The sessions of an organisation, and what its people say of them."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from core.rules import RuleBroken
from trainings.models import Session
from trainings.organisations import actions, figures, queries
from trainings.organisations.forms import (
    ContactForm,
    MeetingFormSet,
    PeriodFormSet,
    SeatsForm,
    SheetForm,
)
from trainings.organisations.mine import FIELD, my_membership, my_organisation
from trainings.organisations.showing import SessionLine, organisations_named

ON_A_PAGE = 25
LABELS = {"a-venir": "À venir", "en-cours": "En cours", "terminees": "Terminées"}
MISSING = {"places": queries.without_seats, "periodes": queries.without_periods}

page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """« Mes sessions »: to come, under way, ended; or those of which something is not said."""
    organisation = my_organisation(request)  # 404 for who acts for none.
    mine = queries.sessions_managed_by(_reader(request))
    asked = request.GET.get("quand", "")
    asked = asked if asked in LABELS else "a-venir"
    missing = request.GET.get("manque", "")
    missing = missing if missing in MISSING else ""
    found = MISSING[missing](mine) if missing else mine
    lines = figures.with_figures(queries.for_space(queries.when(found, asked)))
    shown = Paginator(lines, ON_A_PAGE).get_page(request.GET.get("page"))
    counts = {} if missing else queries.how_many(mine)
    context = {
        "page_obj": shown,
        "lines": [SessionLine(session) for session in shown],
        "tabs": [
            {"label": LABELS[name], "url": f"?quand={name}", "count": count, "current": name == asked}
            for name, count in counts.items()
        ],
        "asked": asked,
        "missing": missing,
        "query": urlencode({"manque": missing} if missing else {"quand": asked}),
        "several": organisations_named(shown),
        "organisation": organisation,
    }
    return render(request, "trainings/organisations/sessions.html", context)


@require_safe
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """One session: its figures, what the catalogue says, what the organisation says, who said it."""
    found = _mine(request, pk)
    context = {
        "line": SessionLine(found),
        "session": found,
        "action": found.action,
        "may_speak": queries.sessions_spoken_for_by(_reader(request)).filter(pk=pk).exists(),
        "contact": getattr(found, "contact", None),
        "periods": list(found.in_company_periods.all()),
        "meetings": list(found.meetings.all()),
        "changes": list(found.changes.select_related("by")[:20]),
        "people": reverse(figures.people_page(), args=[pk]) if figures.people_page() else "",
    }
    return render(request, "trainings/organisations/session.html", context)


# --- What one says of a session --------------------------------------------------------------------
@page
def seats(request: HttpRequest, pk: int) -> HttpResponse:
    return _say(request, pk, "seats", SeatsForm, actions.tell_seats_left)


@page
def periods(request: HttpRequest, pk: int) -> HttpResponse:
    return _say(request, pk, "periods", PeriodFormSet, actions.tell_periods)


@page
def meetings(request: HttpRequest, pk: int) -> HttpResponse:
    return _say(request, pk, "meetings", MeetingFormSet, actions.tell_meetings)


@page
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    return _say(request, pk, "contact", ContactForm, actions.tell_contact)


# Where a refusal is shown, when it is about one field.
FIELD_OF = {"session_seats_left_are_among_its_seats": "seats_left"}


def _say(
    request: HttpRequest, pk: int, name: str, form_class: Any, action: Callable[..., None]
) -> HttpResponse:
    """One question about one session. Who is not verified is told how to be."""
    found = _mine(request, pk)
    if not queries.sessions_spoken_for_by(_reader(request)).filter(pk=pk).exists():
        return _to_verify(request, found.action.training.organisation_id)
    form = form_class(request.POST or None, session=found)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            action(found, by=request.user, **form.said())
        except RuleBroken as broken:
            field = FIELD_OF.get(broken.code)
            if field in getattr(form, "fields", ()):
                form.add_error(field, broken)
            else:
                refusal = broken.message
        else:
            messages.success(request, "C’est enregistré.")
            return redirect("organisations:session", pk)
    context = {"line": SessionLine(found), "session": found, "form": form, "refusal": refusal}
    return render(request, f"trainings/organisations/{name}.html", context)


# --- The house -------------------------------------------------------------------------------------
@page
def sheet(request: HttpRequest) -> HttpResponse:
    """« Organisme »: what the catalogue says of it, where to write for a seat, who is verified."""
    organisation = my_organisation(request)
    me = my_membership(request, organisation)
    if request.method == "POST" and not me.confirmed_at:
        return _to_verify(request, organisation.pk)
    form = SheetForm(request.POST or None, instance=organisation)
    if form.is_valid():
        actions.tell_requests_address(organisation, by=request.user, **form.cleaned_data)
        messages.success(request, "C’est enregistré.")
        return redirect(f"{reverse('organisations:sheet')}?{FIELD}={organisation.pk}")
    context = {"organisation": organisation, "me": me, "form": form, "field": FIELD}
    return render(request, "trainings/organisations/sheet.html", context)


def _to_verify(request: HttpRequest, organisation_pk: int) -> HttpResponse:
    messages.warning(request, "Vérifiez d’abord votre compte : vous pourrez ensuite l’écrire.")
    return redirect(f"{reverse('organisations:verify')}?{FIELD}={organisation_pk}")


def _mine(request: HttpRequest, pk: int) -> Session:
    """A session of one of the reader's organisations; a stranger's does not exist."""
    mine = queries.for_space(queries.sessions_managed_by(_reader(request)))
    return get_object_or_404(figures.with_figures(mine.select_related("contact")), pk=pk)


def _reader(request: HttpRequest) -> User:
    return cast(User, request.user)  # The pages are closed to visitors.
