"""Reports in 60 seconds, from one's account or by one's link; then, for who wants, the grid."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from core.rules import RuleBroken
from immersions.applications.candidate_pages import posted
from immersions.applications.models import Application
from immersions.stays import report_actions
from immersions.stays.dates import period_of
from immersions.stays.forms import GridForm, ReportForm
from immersions.stays.grids import grid_of
from immersions.stays.models import Report, Side
from immersions.stays.pages import FOLDER, about, home_of, mine, page


def _report(application: Application, side: str) -> Report:
    report = get_object_or_404(
        Report.objects.prefetch_related("observations"), application=application, side=side
    )
    report.application = application
    return report


@page
def report(request: HttpRequest, pk: int, side: str) -> HttpResponse:
    """Three questions, from one's account."""
    it = _report(mine(request, pk, side), side)
    context = about(it.application, side)
    return _three_questions(request, it, by=request.user, context=context, after=_grid_url(it))


@page
def observations(request: HttpRequest, pk: int, side: str) -> HttpResponse:
    """The skills of the occupation, from one's account."""
    it = _report(mine(request, pk, side), side)
    context = about(it.application, side)
    return _grid(request, it, by=request.user, context=context, after=home_of(it.application, side))


@require_safe
def both(request: HttpRequest, pk: int, side: str) -> HttpResponse:
    """Both reports side by side, once one has given one's own: nobody answers for the other."""
    application = mine(request, pk, side)
    own = _report(application, side)
    if own.is_open:
        return redirect(_report_url(own))
    context = about(application, side) | compared(application) | {"own": own}
    return render(request, f"{FOLDER}/both.html", context)


def compared(application: Application) -> dict[str, Any]:
    """The two reports, and the two columns of the grid."""
    reports = {it.side: it for it in application.reports.prefetch_related("observations")}
    theirs, ours = reports.get(Side.CANDIDATE), reports.get(Side.COMPANY)
    levels: dict[str, dict[str, str]] = {}
    for side, it in (("candidate", theirs), ("company", ours)):
        for seen in it.observations.all() if it else []:
            levels.setdefault(seen.skill, {})[side] = seen.get_level_display()
    rows = [
        {"skill": skill, "candidate": said.get("candidate", ""), "company": said.get("company", "")}
        for skill, said in levels.items()
    ]
    return {"candidate_report": theirs, "company_report": ours, "rows": rows}


# --- By the link that the company's side received ------------------------------------------------
def _by_link(token: str) -> Report:
    """The company's report that this link opens, and nothing else."""
    rows = Report.objects.for_list().select_related("application__offer__occupation")
    return get_object_or_404(rows, token=token, side=Side.COMPANY)


def _link_context(it: Report) -> dict[str, Any]:
    return about(it.application, it.side) | {"base": "base.html", "home": "", "by_link": True}


@login_not_required
@never_cache
@page
def report_link(request: HttpRequest, token: str) -> HttpResponse:
    """A tutor without an account. A GET shows, a POST acts: mail scanners open links."""
    it = _by_link(token)
    if it.is_open and not it.link_is_live:
        return render(request, f"{FOLDER}/link_over.html", _link_context(it), status=410)
    after = reverse("immersions:report_link_grid", args=[token])
    return _three_questions(request, it, by=None, context=_link_context(it), after=after)


@login_not_required
@never_cache
@page
def report_link_grid(request: HttpRequest, token: str) -> HttpResponse:
    it = _by_link(token)
    if not it.link_is_live:
        return render(request, f"{FOLDER}/link_over.html", _link_context(it), status=410)
    after = reverse("immersions:report_link", args=[token])
    return _grid(request, it, by=None, context=_link_context(it), after=after)


# --- What both ways share ------------------------------------------------------------------------
def _three_questions(
    request: HttpRequest, it: Report, *, by: User | None, context: dict[str, Any], after: str
) -> HttpResponse:
    period = period_of(it.application)
    form = ReportForm(
        posted(request),
        side=it.side,
        name=context["first_name"],
        at_most=period.half_days if period else 0,
    )
    if not it.is_open:
        has_grid = it.is_given and not it.observations.exists()
        context |= {"report": it, "grid_url": after if has_grid else ""}
        return render(request, f"{FOLDER}/report_given.html", context)
    if form.is_valid():
        try:
            report_actions.give_report(it, form.answers(), by=by)
        except RuleBroken as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "Merci. Votre bilan est enregistré.")
            return redirect(after)
    return render(request, f"{FOLDER}/report.html", context | {"form": form, "report": it})


def _grid(
    request: HttpRequest, it: Report, *, by: User | None, context: dict[str, Any], after: str
) -> HttpResponse:
    if not it.is_given or it.observations.exists():
        return redirect(after)
    form = GridForm(posted(request), skills=grid_of(it.application.offer.occupation_id))
    if form.is_valid():
        try:
            report_actions.observe_skills(it, form.levels(), by=by)
        except RuleBroken as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "C’est enregistré.")
            return redirect(after)
    return render(request, f"{FOLDER}/grid.html", context | {"form": form, "report": it, "skip": after})


def _report_url(it: Report) -> str:
    name = "stay_report" if it.side == Side.CANDIDATE else "received_stay_report"
    return reverse(f"immersions:{name}", args=[it.application_id])


def _grid_url(it: Report) -> str:
    name = "stay_grid" if it.side == Side.CANDIDATE else "received_stay_grid"
    return reverse(f"immersions:{name}", args=[it.application_id])
