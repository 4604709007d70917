"""The agreement's pages for its three parties, from their own accounts."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import ADVISOR, COMPANY
from core.archive import check_at_hand
from core.early import overtaken, turned_back
from core.rules import RuleBroken
from core.signing.evidence import evidence_of
from core.signing.forms import SignForm
from core.signing.links import SIGNED
from core.signing.pages import record_on_paper
from core.signing.responses import scan_response
from immersions.agreements import actions, channels, prescriber, showing, sign_actions, steps
from immersions.agreements.decision_forms import PassOnForm, RefuseForm
from immersions.agreements.forms import FORMS, StepForm
from immersions.agreements.models import Agreement, Signature
from immersions.agreements.pdf import agreement_as_file
from immersions.agreements.wording import ACCIDENT
from immersions.applications.candidate_pages import posted

page = require_http_methods(["GET", "HEAD", "POST"])


def _theirs(request: HttpRequest, pk: int) -> Agreement:
    """One that they may read. Raises Http404, InArchive."""
    theirs = get_object_or_404(Agreement.objects.readable_by(request.user).for_page(), pk=pk)
    check_at_hand(theirs)
    return theirs


def elsewhere(request: HttpRequest, theirs: Agreement) -> HttpResponse | None:
    """Made on Immersion Facilitée: the page says so, and there is nothing to do here."""
    if not theirs.made_there:
        return None
    messages.warning(request, channels.MADE_THERE)
    return redirect("immersions:agreement", theirs.pk)


@require_safe
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Where it stands: what I must write, who has signed, what to do in case of an accident."""
    context = showing.overview_of(_theirs(request, pk), request.user)
    return render(request, "immersions/agreements/agreement.html", context | {"accident": ACCIDENT})


@require_safe
def agreement_text(request: HttpRequest, pk: int) -> HttpResponse:
    """The frozen text, as a page: the same words as the PDF."""
    theirs = _theirs(request, pk)
    version = showing.last_version(theirs)
    if version is None:
        raise Http404
    context = showing.page_of(theirs, request.user) | {
        "version": version,
        "content": version.content,
    }
    return render(request, "immersions/agreements/text_page.html", context)


@page
@never_cache
def agreement_fill(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One page of one's own part; the next one follows."""
    theirs = _theirs(request, pk)
    if away := elsewhere(request, theirs):
        return away
    context = showing.page_of(theirs, request.user)
    mine = steps.steps_of(theirs, context["party"])
    step = next((step for step in mine if step.slug == slug), None)
    if step is None:
        raise Http404
    if not context["is_open"]:  # The page of the agreement says why.
        return redirect("immersions:agreement", pk)
    form = form_of(request, theirs, step)
    if form.is_bound and form.is_valid() and _save(request, theirs, step, form):
        return _after(request, pk, context["party"])
    context |= {
        "form": form,
        "step": step,
        "number": mine.index(step) + 1,
        "total": len(mine),
        "seen": actions.fingerprint(theirs),
        "back": reverse("immersions:agreement", args=[pk]),
        "may_ask_tutor": step in steps.FOR_TUTOR and theirs.status == "draft",
    }
    return render(request, "immersions/agreements/fill.html", context)


def form_of(request: HttpRequest, theirs: Agreement, step: steps.Step) -> StepForm:
    kept = theirs.data_of(step.party)
    form_class = FORMS[step.slug]
    if step.slug in kept.get("steps", []):
        initial = kept
    else:  # Nobody follows the person yet: whoever fills the page is the likely advisor.
        filler = prescriber.known_of_member(request.user) if step is steps.STRUCTURE else {}
        initial = {**filler, **form_class.likely(theirs), **kept}
    return form_class(posted(request), agreement=theirs, initial=initial)


def _save(request: HttpRequest, theirs: Agreement, step: steps.Step, form: StepForm) -> bool:
    def keep(answers: dict[str, Any]) -> None:
        actions.save_step(theirs, step, answers, by=request.user, seen=request.POST.get("seen", ""))

    return kept(theirs, step, form, keep)


def kept(theirs: Agreement, step: steps.Step, form: StepForm, keep: Callable[[dict[str, Any]], None]) -> bool:
    """Saved; or every finding stands on its own field, in the rule's words."""
    findings = actions.findings_to_repair(theirs, step, theirs.data_of(step.party) | form.answers())
    for finding in findings:
        form.add_error(form.place_of(finding, step.field_of(finding)), finding.sentence)
    if findings:
        return False
    try:
        keep(form.answers())
    except RuleBroken as refusal:
        form.add_error(None, refusal)
        return False
    return True


def _after(request: HttpRequest, pk: int, party: str) -> HttpResponse:
    """To the next page to write; at the end, back to the agreement."""
    theirs = _theirs(request, pk)
    following = steps.next_step(theirs, party) if theirs.status == "draft" else None
    if following:
        return redirect("immersions:agreement_fill", pk, following.slug)
    is_frozen = theirs.version is not None
    said = (
        "Tout est rempli : la convention est prête à signer."
        if is_frozen
        else "Votre partie est enregistrée."
    )
    messages.success(request, said)
    return redirect("immersions:agreement", pk)


@page
@never_cache
def agreement_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """The text, and a button. The prescriber's signature is the validation."""
    theirs = _theirs(request, pk)
    if away := elsewhere(request, theirs):
        return away
    context = showing.page_of(theirs, request.user)
    if not showing.waits_for(theirs, context["party"]) and request.method != "POST":
        return redirect("immersions:agreement", pk)
    version = showing.last_version(theirs)
    if version is None:
        raise Http404
    form = SignForm(
        posted(request), asks_entitled=context["party"] == COMPANY, initial={"seen": version.number}
    )
    if form.is_bound and form.is_valid():
        try:
            sign_actions.sign_agreement(
                theirs, by=request.user, evidence=evidence_of(request), **form.cleaned_data
            )
        except RuleBroken as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, SIGNED)
            return redirect("immersions:agreement", pk)
    form.now_shows(version.number)
    context |= {"form": form, "version": version, "content": version.content}
    return render(request, "immersions/agreements/sign.html", context)


@page
@never_cache
def agreement_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """« Signé sur papier »: who, and the copy."""
    theirs = _theirs(request, pk)
    if away := elsewhere(request, theirs):
        return away
    context = showing.page_of(theirs, request.user)
    roles = showing.recordable(theirs, context["party"]) if theirs.version else []
    number = theirs.version.number if theirs.version else 0
    form = record_on_paper(
        request, roles=roles, number=number, record=partial(sign_actions.record_paper, theirs)
    )
    if form is None:
        return redirect("immersions:agreement", pk)
    return render(request, "immersions/agreements/paper.html", context | {"form": form})


@page
def agreement_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """The prescriber says no, and why."""

    def refuse(theirs: Agreement, form: RefuseForm) -> None:
        actions.refuse_agreement(theirs, by=request.user, words=form.cleaned_data["words"])

    done = "C’est refusé : la personne et l’entreprise sont prévenues, la place est rendue."
    return _decide(request, pk, RefuseForm(posted(request)), act=refuse, name="refuse", done=done)


@page
def agreement_pass_on(request: HttpRequest, pk: int) -> HttpResponse:
    """To a colleague."""
    colleagues = [user for user in prescriber.advisors_of(_theirs(request, pk)) if user != request.user]

    def pass_on(theirs: Agreement, form: PassOnForm) -> None:
        actions.pass_agreement_on(theirs, by=request.user, **form.arguments())

    form = PassOnForm(posted(request), colleagues=colleagues)
    return _decide(
        request, pk, form, act=pass_on, name="pass_on", done="C’est confié : votre collègue est prévenu."
    )


def _decide(request: HttpRequest, pk: int, form: Any, *, act: Any, name: str, done: str) -> HttpResponse:
    """One decision of the prescriber, one page, as long as the agreement may still be refused."""
    theirs = _theirs(request, pk)
    context = showing.page_of(theirs, request.user)
    if context["party"] != ADVISOR:
        raise Http404
    home = reverse("immersions:agreement", args=[pk])
    if too_late := turned_back(request, actions.why_decided(theirs), to=home):
        return too_late
    if form.is_bound and form.is_valid():
        try:
            act(theirs, form)
        except RuleBroken as refusal:
            if too_late := overtaken(request, refusal, to=home):
                return too_late
            form.add_error(None, refusal)
        else:
            messages.success(request, done)
            return redirect(home)
    return render(request, f"immersions/agreements/{name}.html", context | {"form": form})


@require_safe
def agreement_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The same text, to keep, with the evidence of who signed."""
    theirs = _theirs(request, pk)
    version = showing.last_version(theirs)
    if version is None:
        raise Http404
    return agreement_as_file(theirs, version)


@require_safe
def agreement_scan(request: HttpRequest, pk: int, signature: int) -> HttpResponse:
    """The copy of a paper: to the parties only, as a file, never shown in the site."""
    theirs = _theirs(request, pk)
    signed = get_object_or_404(Signature.objects.exclude(scan=""), pk=signature, version__agreement=theirs)
    return scan_response(signed)
