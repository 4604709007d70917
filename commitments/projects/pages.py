"""The project's pages for its two sides, from their own accounts; the advisor reads."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import CANDIDATE, COMPANY
from commitments.projects import actions, choice, showing, steps
from commitments.projects.forms import PledgeForm, ProposeForm, StopForm
from commitments.projects.freezing import last_version, names_in, said_with
from commitments.projects.models import Commitment
from commitments.projects.pdf import pdf_of, version_in_force
from commitments.projects.promise_forms import FORMS, field_of
from commitments.projects.texts import MARKS, PromiseWording
from commitments.projects.workflow import CommitmentStatus
from core.archive import check_at_hand
from core.early import overtaken
from core.rules import RuleBroken
from core.signing.responses import pdf_response
from immersions.applications.candidate_pages import posted
from immersions.applications.models import Application
from immersions.applications.sides import role_in
from territories.travel import travel_in

page = require_http_methods(["GET", "HEAD", "POST"])
FOLDER = "commitments/projects"
PROPOSED = {
    CANDIDATE: "C’est proposé, {} est prévenue. À vous de choisir votre formation.",
    COMPANY: "C’est proposé, la personne est prévenue. À vous d’écrire votre promesse.",
}


def theirs(request: HttpRequest, pk: int) -> Commitment:
    """One that they may read. Raises Http404, InArchive."""
    it = get_object_or_404(Commitment.objects.readable_by(request.user).for_page(), pk=pk)
    check_at_hand(it)
    return it


def on_side(request: HttpRequest, pk: int, *sides: str) -> tuple[Commitment, dict[str, Any]]:
    """A project of one of its own sides; for anybody else the page does not exist."""
    commitment = theirs(request, pk)
    context = showing.page_of(commitment, request.user)
    if context["side"] not in (sides or (CANDIDATE, COMPANY)):
        raise Http404
    return commitment, context


@page
@never_cache
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """« Proposer un projet emploi-formation », after a completed immersion."""
    applications = Application.objects.for_page()
    mine = applications.of(request.user) | applications.received_by(request.user)
    application = get_object_or_404(mine, pk=pk)
    if known := application.commitments.open().first():
        return redirect("commitments:commitment", known.pk)
    side = role_in(application, request.user)
    form = ProposeForm(posted(request), initial={"expires_on": actions.usual_expiry()})
    if form.is_valid():
        try:
            commitment = actions.propose_commitment(application, by=request.user, **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_error("expires_on" if refusal.code == "expires_on" else None, refusal)
        else:
            messages.success(request, PROPOSED[side].format(application.offer.company.name))
            return redirect("commitments:commitment", commitment.pk)
    context = {
        "form": form,
        "application": application,
        "offer": application.offer,
        "is_candidate": side == CANDIDATE,
        "first_name": application.candidate.user.first_name,
        "base": showing.BASES[side],
        "why_not": actions.why_not_propose(application),
        "signed": application.candidate.commitments.live().first() if side == CANDIDATE else None,
        **_words_before(application),
    }
    return render(request, f"{FOLDER}/propose.html", context)


def words_around(commune: Any, names: dict[str, str]) -> dict[str, list[str]]:
    """« Ce que cela veut dire / ne veut pas dire », in the region's words of today."""
    wording = PromiseWording.objects.in_force(commune.department.region)
    if wording is None:
        return {"means": [], "does_not_mean": [], "breaking": []}
    return {name: said_with(getattr(wording, name), names) for name in ("means", "does_not_mean", "breaking")}


def _words_before(application: Application) -> dict[str, list[str]]:
    """Nothing is written yet: the company is the employer."""
    company, person = application.offer.company.name, application.candidate.user.get_full_name()
    names = dict(zip(MARKS, (person, company, company), strict=True))
    return words_around(application.offer.commune, names)


def _words_of(commitment: Commitment) -> dict[str, list[str]]:
    return words_around(commitment.offer.commune, names_in(commitment))


@require_safe
def commitment(request: HttpRequest, pk: int) -> HttpResponse:
    """Where it stands: both halves, what I must write, who has signed."""
    it = theirs(request, pk)
    return render(request, f"{FOLDER}/commitment.html", showing.overview_of(it, request.user) | _words_of(it))


@page
@never_cache
def promise_step(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One page of the promise; the next one follows."""
    it, context = on_side(request, pk, COMPANY)
    step = next((step for step in steps.STEPS if step.slug == slug), None)
    if step is None:
        raise Http404
    if it.status != CommitmentStatus.PROPOSED and request.method != "POST":
        return redirect("commitments:commitment", pk)
    form = FORMS[slug](posted(request), commitment=it)
    if form.is_bound and form.is_valid() and _saved(form, lambda: _write(it, step, form, request)):
        after = steps.next_step(theirs(request, pk))
        if after:
            return redirect("commitments:promise_step", pk, after.slug)
        messages.success(request, "Votre promesse est écrite. Rien ne vous engage avant la signature.")
        return redirect("commitments:commitment", pk)
    context |= {
        "form": form,
        "step": step,
        "number": steps.STEPS.index(step) + 1,
        "total": len(steps.STEPS),
        "is_frozen": last_version(it) is not None,
    }
    return render(request, f"{FOLDER}/promise.html", context)


def _write(it: Commitment, step: steps.Step, form: Any, request: HttpRequest) -> None:
    actions.write_promise(it, step, form.answers(), by=request.user)


def _saved(form: forms.Form, act: Callable[[], Any]) -> bool:
    """Done; or the rule's own sentence, on its field."""
    try:
        act()
    except RuleBroken as refusal:
        _refuse(form, refusal)
        return False
    return True


def _refuse(form: forms.Form, refusal: RuleBroken) -> None:
    field = field_of(refusal)
    form.add_error(field if field in form.fields else None, refusal)


@page
@never_cache
def pledge(request: HttpRequest, pk: int) -> HttpResponse:
    """The candidate's half: one named session."""
    it, context = on_side(request, pk, CANDIDATE)
    if it.status != CommitmentStatus.PROPOSED and request.method != "POST":
        return redirect("commitments:commitment", pk)
    sessions = choice.sessions_for(it)
    known = list(sessions[: choice.SHOWN])
    shown = sessions if request.method == "POST" else sessions[: choice.SHOWN]
    form = PledgeForm(
        posted(request),
        sessions=shown,
        travel=travel_in(choice.commune_of(it).department_id),
        initial={"session": it.pledge.session_id},
    )
    if form.is_bound and form.is_valid():
        chosen = form.cleaned_data["session"]
        if _saved(form, lambda: actions.choose_session(it, chosen, by=request.user)):
            messages.success(request, "Votre formation est choisie. Rien ne vous engage avant la signature.")
            return redirect("commitments:commitment", pk)
    context |= {
        "form": form,
        "lines": known,
        "trainings": {session.action.training_id: session.action.training for session in known}.values(),
        "allowed": it.pledge.allowed_training,
        "is_frozen": last_version(it) is not None,
    }
    return render(request, f"{FOLDER}/pledge.html", context)


@require_safe
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """The text, as a page: the same words as the PDF."""
    it = theirs(request, pk)
    version = version_to_read(it)
    context = showing.page_of(it, request.user) | {"version": version, "content": version.content}
    return render(request, f"{FOLDER}/text.html", context)


@require_safe
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    version = version_to_read(theirs(request, pk))
    return pdf_response(pdf_of(version), name=f"projet-emploi-formation-{version.number}")


def version_to_read(it: Commitment) -> Any:
    """What binds; before, what is to be signed."""
    version = version_in_force(it) or last_version(it)
    if version is None:
        raise Http404
    return version


@page
def set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """« Ne pas donner suite », before both have signed."""
    it, context = on_side(request, pk)

    def act(data: dict[str, Any]) -> None:
        actions.set_aside(it, by=request.user, **data)

    form = StopForm(posted(request), side=context["side"])
    return decide(request, pk, form, act, "set_aside", "C’est noté. L’autre partie est prévenue.", context)


def decide(
    request: HttpRequest,
    pk: int,
    form: forms.Form,
    act: Callable[[dict[str, Any]], Any],
    template: str,
    done: str,
    context: dict[str, Any],
) -> HttpResponse:
    """One decision, one page: what was typed is sound, the action says yes, one goes back."""
    home = reverse("commitments:commitment", args=[pk])
    if form.is_bound and form.is_valid():
        try:
            act(form.cleaned_data)
        except RuleBroken as refusal:
            if too_late := overtaken(request, refusal, to=home):
                return too_late
            _refuse(form, refusal)
        else:
            messages.success(request, done)
            return redirect(home)
    if not form.is_bound and showing.is_too_late(template, context["commitment"], context["side"]):
        return redirect("commitments:commitment", pk)
    context |= {"form": form, "today": timezone.localdate(), **_words_of(context["commitment"])}
    return render(request, f"{FOLDER}/{template}.html", context)
