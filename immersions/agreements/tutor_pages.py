"""The tutor fills what they know best, from a mailed link and without an account."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.archive import check_at_hand
from core.rules import RuleBroken
from immersions.agreements import actions, showing, steps, tutor_links
from immersions.agreements.models import Agreement, Party
from immersions.agreements.pages import elsewhere, form_of, kept

page = require_http_methods(["GET", "HEAD", "POST"])


@page
def agreement_ask_tutor(request: HttpRequest, pk: int) -> HttpResponse:
    """The company sends the link."""
    theirs = get_object_or_404(Agreement.objects.of_companies(request.user).for_page(), pk=pk)
    check_at_hand(theirs)
    if away := elsewhere(request, theirs):
        return away
    if request.method == "POST":
        try:
            actions.ask_tutor(theirs, by=request.user)
        except RuleBroken as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, "C’est parti : le tuteur reçoit son lien par e-mail.")
        return redirect("immersions:agreement", pk)
    data = theirs.data_of(Party.COMPANY)
    context = showing.page_of(theirs, request.user) | {
        "tutor": data.get("tutor_name", ""),
        "to": data.get("tutor_email", ""),
    }
    return render(request, "immersions/agreements/ask_tutor.html", context)


def _of_token(token: str) -> tuple[Agreement, str]:
    """404 for a link that is old, forged, or that of a tutor who was replaced."""
    found = tutor_links.read(token)
    if found is None:
        raise Http404
    agreement = get_object_or_404(Agreement.objects.live().for_page(), pk=found[0])
    if not actions.is_tutor(agreement, found[1]):
        raise Http404
    return agreement, found[1]


@login_not_required
@never_cache
@require_safe
def tutor_link(request: HttpRequest, token: str) -> HttpResponse:
    """Three pages, in any order. Nothing about the person but their name."""
    agreement, _ = _of_token(token)
    lines = [{"step": step, "is_written": steps.is_written(agreement, step)} for step in steps.FOR_TUTOR]
    application = agreement.application
    context = {
        "agreement": agreement,
        "offer": application.offer,
        "first_name": application.candidate.user.first_name,
        "slots": application.slots,
        "token": token,
        "lines": lines,
        "all_written": all(line["is_written"] for line in lines),
        "is_open": agreement.status == "draft"
        and application.status == "booked"
        and not agreement.made_there,
    }
    return render(request, "immersions/agreements/tutor.html", context)


@login_not_required
@never_cache
@page
def tutor_fill(request: HttpRequest, token: str, slug: str) -> HttpResponse:
    """One page; then back to the three."""
    agreement, mark = _of_token(token)
    step = next((step for step in steps.FOR_TUTOR if step.slug == slug), None)
    if step is None:
        raise Http404
    if agreement.made_there:
        return redirect("immersions:tutor_link", token)
    form = form_of(request, agreement, step)

    def keep(answers: dict[str, Any]) -> None:
        seen = request.POST.get("seen", "")
        actions.save_step_as_tutor(agreement, step, answers, mark=mark, seen=seen)

    if form.is_bound and form.is_valid() and kept(agreement, step, form, keep):
        messages.success(request, "C’est enregistré.")
        return redirect("immersions:tutor_link", token)
    context = {
        "agreement": agreement,
        "base": "base.html",
        "back": reverse("immersions:tutor_link", args=[token]),
        "form": form,
        "step": step,
        "number": steps.FOR_TUTOR.index(step) + 1,
        "total": len(steps.FOR_TUTOR),
        "seen": actions.fingerprint(agreement),
        "may_ask_tutor": False,
    }
    return render(request, "immersions/agreements/fill.html", context)
