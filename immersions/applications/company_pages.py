"""The company's side: reading, giving a place, asking, declining, cancelling."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import COMPANY
from core.early import overtaken, turned_back
from core.rules import RuleBroken
from core.workflow import Transition, why_not
from immersions.applications import actions, emails, standing, todo
from immersions.applications.candidate_pages import calendar_file, posted
from immersions.applications.forms import AgreeDatesForm, BookSlotForm, DeclineForm, TextForm
from immersions.applications.models import Application
from immersions.applications.workflow import ASK, BOOK, CANCEL, DECLINE, LIVE
from immersions.appointments.showing import may_be_reached
from immersions.appointments.showing import shown as appointment_of
from immersions.dates.showing import dates_of
from immersions.offers.models import DateMode

page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def received_applications(request: HttpRequest) -> HttpResponse:
    """Every application received, what waits first. An unconfirmed member reads a figure."""
    companies = todo.companies_of(request.user)
    if not companies:
        raise Http404
    applications = list(Application.objects.received_by(request.user).for_list())
    lines = [(it, standing.for_company(it)) for it in applications]
    context = {
        **todo.hidden_from(request.user, companies),
        "waiting": sorted(
            (line for line in lines if line[0].status == "submitted"),
            key=lambda line: (line[0].waiting_since, line[0].pk),
        ),
        "live": [line for line in lines if line[0].status in LIVE and line[0].status != "submitted"],
        "past": [line for line in lines if line[0].status not in LIVE],
    }
    return render(request, "immersions/applications_received.html", context)


def _theirs(request: HttpRequest, pk: int) -> Application:
    return get_object_or_404(Application.objects.received_by(request.user).for_page(), pk=pk)


@require_safe
def received_application(request: HttpRequest, pk: int) -> HttpResponse:
    """Who would like to come: a first name and answers; contact details from the booking on."""
    application = _theirs(request, pk)
    context = {
        "application": application,
        "offer": application.offer,
        "first_name": application.candidate.user.first_name,
        "standing": standing.for_company(application),
        "agreement": application.agreements.live().with_channel().first(),
        "history": standing.history_of(application, is_company=True),
        "wishes": emails.wishes_of(application),
        "answers": emails.answers_of(application),
        "can_answer": BOOK.is_possible_from(application.status),
        "shown": appointment_of(application),
        "is_reachable": may_be_reached(application),
        "dates": dates_of(application, side=COMPANY),
        "can_cancel": CANCEL.is_possible_from(application.status),
    }
    return render(request, "immersions/application_received.html", context)


@page
def application_book(request: HttpRequest, pk: int) -> HttpResponse:
    """« Oui » : which slot, or which dates."""
    application = _theirs(request, pk)
    is_slots = application.offer.date_mode == DateMode.SLOTS and application.renews_id is None
    form_class = BookSlotForm if is_slots else AgreeDatesForm
    form = form_class(posted(request), application=application)

    def book(data: dict[str, Any]) -> None:
        actions.book_application(application, by=request.user, **form.arguments())

    return _decide(
        request,
        application,
        form,
        move=BOOK,
        act=book,
        template="immersions/application_book.html",
        done="C’est réservé. Vous recevez tous deux les dates par e-mail.",
        wishes=emails.wishes_of(application),
        no_slot=is_slots and not form.fields["slot"].choices,
    )


@page
def application_decline(request: HttpRequest, pk: int) -> HttpResponse:
    """« Non », with a reason that the person reads."""
    application = _theirs(request, pk)

    def decline(data: dict[str, Any]) -> None:
        actions.decline_application(application, by=request.user, **data)

    return _decide(
        request,
        application,
        DeclineForm(posted(request)),
        move=DECLINE,
        act=decline,
        template="immersions/application_decline.html",
        done="Réponse envoyée : la personne est prévenue, avec d’autres pistes.",
    )


@page
def application_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """« Avant de décider, nous voudrions savoir… »"""
    application = _theirs(request, pk)
    form = TextForm(
        posted(request),
        label="Votre question",
        hint="Sur le métier, les dates, le trajet. Rien sur l’âge, la santé, la famille ou l’origine.",
        empty="Écrivez votre question.",
    )

    def ask(data: dict[str, Any]) -> None:
        actions.ask_question(application, by=request.user, **data)

    return _decide(
        request,
        application,
        form,
        move=ASK,
        act=ask,
        template="immersions/application_ask.html",
        done="Question envoyée. Vous pouvez aussi décider sans attendre la réponse.",
    )


@page
def application_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """« Nous devons annuler » : a reason, and the person is told at once."""
    application = _theirs(request, pk)

    def cancel(data: dict[str, Any]) -> None:
        actions.cancel_application(application, by=request.user, **data)

    return _decide(
        request,
        application,
        DeclineForm(posted(request)),
        move=CANCEL,
        act=cancel,
        template="immersions/application_cancel.html",
        done="C’est annulé : la personne est prévenue, la place est rendue.",
    )


def _decide(
    request: HttpRequest,
    application: Application,
    form: forms.Form,
    *,
    move: Transition,
    act: Callable[[dict[str, Any]], None],
    template: str,
    done: str,
    **context: Any,
) -> HttpResponse:
    """One decision, one page: what was typed is sound, the action says yes, one goes back."""
    home = reverse("immersions:received_application", args=[application.pk])
    if too_late := turned_back(request, why_not(move, application, role=COMPANY), to=home):
        return too_late
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except RuleBroken as refusal:
            if too_late := overtaken(request, refusal, to=home):
                return too_late
            form.add_error(None, refusal)
        else:
            messages.success(request, done)
            return redirect(home)
    first_name = application.candidate.user.first_name
    context |= {
        "application": application,
        "offer": application.offer,
        "form": form,
        "first_name": first_name,
    }
    return render(request, template, context)


@require_safe
def received_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The dates for the company's calendar; only while a place is held."""
    mine = Application.objects.received_by(request.user).with_a_place()
    return calendar_file(get_object_or_404(mine, pk=pk))
