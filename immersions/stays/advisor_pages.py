"""What the advisor of a person reads of their immersion: both reports, both versions, signals."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from candidates.structures.models import Following
from core.rules import RuleBroken
from immersions.applications import standing
from immersions.applications.models import Application
from immersions.stays import report_actions
from immersions.stays.box import said_of
from immersions.stays.models import Report
from immersions.stays.pages import FOLDER
from immersions.stays.report_pages import compared


def followed(request: HttpRequest, pk: int) -> tuple[Application, Following]:
    """An application of someone whom a structure of this advisor accompanies."""
    application = get_object_or_404(Application.objects.for_page(), pk=pk)
    following = get_object_or_404(Following.objects.seen_by(request.user), candidate=application.candidate_id)
    return application, following


@require_safe
def followed_stay(request: HttpRequest, pk: int) -> HttpResponse:
    application, following = followed(request, pk)
    context = compared(application) | {
        "application": application,
        "offer": application.offer,
        "person": application.candidate.user,
        "following": following,
        "history": standing.history_of(application, is_company=False),
        "absences": list(application.absences.all()),
        "settled": said_of(settlement) if (settlement := getattr(application, "settlement", None)) else "",
        "incidents": list(application.incidents.all()),
    }
    return render(request, f"{FOLDER}/followed.html", context)


@require_POST
def close_report(request: HttpRequest, pk: int) -> HttpResponse:
    """One click: one goes on without a report that does not come."""
    report = get_object_or_404(Report.objects.for_list(), pk=pk)
    followed(request, report.application_id)
    try:
        report_actions.close_report(report, by=request.user)
    except RuleBroken as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "C’est clos : plus personne n’attend ce bilan.")
    return redirect("immersions:followed_stay", report.application_id)
