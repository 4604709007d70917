"""Other dates: the candidate's pages, then the company's; the same steps on both sides."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.roles import CANDIDATE, COMPANY
from core.rules import RuleBroken
from immersions.applications.candidate_pages import posted
from immersions.applications.models import Application
from immersions.applications.rebooking import move_of
from immersions.applications.words import when_words
from immersions.dates import actions
from immersions.dates.forms import AnswerForm, ProposeDatesForm, ProposeSlotForm
from immersions.dates.models import DateProposal, IfNot
from immersions.dates.showing import remarks_of
from immersions.offers.models import DateMode

page = require_http_methods(["GET", "HEAD", "POST"])
PAGES = {CANDIDATE: "my_application", COMPANY: "received_application"}


@page
def my_dates(request: HttpRequest, pk: int) -> HttpResponse:
    application = get_object_or_404(Application.objects.of(request.user).with_a_place().for_page(), pk=pk)
    return _propose(request, application, side=CANDIDATE)


@page
def received_dates(request: HttpRequest, pk: int) -> HttpResponse:
    mine = Application.objects.received_by(request.user).with_a_place().for_page()
    return _propose(request, get_object_or_404(mine, pk=pk), side=COMPANY)


@page
def my_dates_answer(request: HttpRequest, pk: int) -> HttpResponse:
    application = get_object_or_404(Application.objects.of(request.user).for_page(), pk=pk)
    return _answer(request, application, side=CANDIDATE)


@page
def received_dates_answer(request: HttpRequest, pk: int) -> HttpResponse:
    application = get_object_or_404(Application.objects.received_by(request.user).for_page(), pk=pk)
    return _answer(request, application, side=COMPANY)


@require_POST
def my_dates_back(request: HttpRequest, pk: int) -> HttpResponse:
    application = get_object_or_404(Application.objects.of(request.user), pk=pk)
    return _take_back(request, application, side=CANDIDATE)


@require_POST
def received_dates_back(request: HttpRequest, pk: int) -> HttpResponse:
    application = get_object_or_404(Application.objects.received_by(request.user), pk=pk)
    return _take_back(request, application, side=COMPANY)


def _propose(request: HttpRequest, application: Application, *, side: str) -> HttpResponse:
    """« Pouvons-nous changer les dates ? »"""
    back = PAGES[side]
    if not move_of(application.offer).is_possible_from(application.status):
        messages.error(request, "L’immersion a commencé : les dates ne changent plus.")
        return redirect(f"immersions:{back}", application.pk)
    is_slots = application.offer.date_mode == DateMode.SLOTS
    form = (ProposeSlotForm if is_slots else ProposeDatesForm)(posted(request), application=application)

    def propose() -> None:
        words = form.cleaned_data["words"]
        actions.propose_dates(application, form.choices(), by=request.user, words=words)

    if form.is_valid() and _did(form, propose):
        messages.success(
            request,
            f"Proposition envoyée. Rien ne change tant que {other(application, side)} n’a pas dit oui.",
        )
        return redirect(f"immersions:{back}", application.pk)
    no_slot = is_slots and not form.fields["slot"].choices
    return _page(request, "dates_propose", application, side, form=form, no_slot=no_slot)


def _answer(request: HttpRequest, application: Application, *, side: str) -> HttpResponse:
    """« D’accord », or « non, gardons les dates »."""
    proposal = DateProposal.objects.open().filter(application=application).exclude(proposed_by=side).first()
    if proposal is None:
        messages.info(request, "Il n’y a pas de dates à accepter : la proposition a été close.")
        return redirect(f"immersions:{PAGES[side]}", application.pk)
    gives_back = proposal.if_not == IfNot.CANCEL
    no = (
        "Aucune de ces dates ne me va : je rends ma place"
        if gives_back
        else "Non, gardons les dates actuelles"
    )
    form = AnswerForm(posted(request), proposal=proposal, no=no)

    def answer() -> None:
        if form.is_no:
            actions.refuse_dates(proposal, by=request.user, words=form.cleaned_data["words"])
        else:
            actions.accept_dates(proposal, by=request.user, choice=form.rank)

    if form.is_valid() and _did(form, answer):
        messages.success(request, _said(is_no=form.is_no, gives_back=gives_back))
        return redirect(f"immersions:{PAGES[side]}", application.pk)
    context = {"form": form, "proposal": proposal, "gives_back": gives_back, "remarks": remarks_of(proposal)}
    return _page(request, "dates_answer", application, side, **context)


def _said(*, is_no: bool, gives_back: bool) -> str:
    if not is_no:
        return "C’est noté : les dates changent. Vous recevez tous deux le nouveau rendez-vous par e-mail."
    if gives_back:
        return "C’est noté : votre place est rendue. Voici d’autres pistes."
    return "C’est noté : les dates restent les mêmes, nous transmettons votre réponse."


def _take_back(request: HttpRequest, application: Application, *, side: str) -> HttpResponse:
    proposal = DateProposal.objects.open().filter(application=application, proposed_by=side).first()
    if proposal is None:
        raise Http404
    try:
        actions.take_dates_back(proposal, by=request.user)
    except RuleBroken as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "Proposition retirée : les dates restent les mêmes.")
    return redirect(f"immersions:{PAGES[side]}", application.pk)


def _did(form: forms.Form, act: Callable[[], None]) -> bool:
    try:
        act()
    except RuleBroken as refusal:
        form.add_error(None, refusal)
        return False
    return True


def other(application: Application, side: str) -> str:
    """Who is across the table, by name."""
    return application.offer.company.name if side == CANDIDATE else application.candidate.user.first_name


def _page(
    request: HttpRequest, name: str, application: Application, side: str, **context: object
) -> HttpResponse:
    context |= {
        "application": application, "offer": application.offer, "other": other(application, side), "is_company": side == COMPANY,
        "base": "spaces/company_base.html" if side == COMPANY else "spaces/candidate_base.html",
        "back_page": f"immersions:{PAGES[side]}", "now": when_words(application.slots),
    }  # fmt: skip
    return render(request, f"immersions/{name}.html", context)
