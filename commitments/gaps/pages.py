"""« Ce que vous savez déjà faire, ce qu’il reste à apprendre » : one page, for three readers."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candidates.structures.models import Following
from commitments.gaps.gap import gap_of
from immersions.applications.models import Application
from immersions.applications.workflow import ApplicationStatus
from immersions.stays.models import Attestation


@require_safe
def mine(request: HttpRequest, pk: int) -> HttpResponse:
    """For the person."""
    application = get_object_or_404(Application.objects.for_page().of(request.user), pk=pk)
    context = {
        "base": "spaces/candidate_base.html",
        "back_url": reverse("immersions:my_application", args=[pk]),
        "back_label": "Ma candidature",
        "is_mine": True,
    }
    return _page(request, application, context)


@require_safe
def received(request: HttpRequest, pk: int) -> HttpResponse:
    """For the company that welcomed them: what its own attestation shows."""
    application = get_object_or_404(Application.objects.for_page().received_by(request.user), pk=pk)
    context = {
        "base": "spaces/company_base.html",
        "back_url": reverse("immersions:received_application", args=[pk]),
        "back_label": "La candidature",
        "is_company": True,
    }
    return _page(request, application, context)


@require_safe
def followed(request: HttpRequest, pk: int) -> HttpResponse:
    """For who accompanies them."""
    application = get_object_or_404(Application.objects.for_page(), pk=pk)
    get_object_or_404(Following.objects.seen_by(request.user), candidate=application.candidate_id)
    context = {
        "base": "spaces/advisor_base.html",
        "back_url": reverse("immersions:followed_stay", args=[pk]),
        "back_label": application.candidate.user.get_full_name(),
    }
    return _page(request, application, context)


def _page(request: HttpRequest, application: Application, context: dict[str, Any]) -> HttpResponse:
    if not is_worth_a_page(application):
        raise Http404
    context = {"is_mine": False, "is_company": False} | context
    context |= {
        "application": application,
        "offer": application.offer,
        "first_name": application.candidate.user.first_name,
        "gap": gap_of(application, for_company=context["is_company"]),
    }
    return render(request, "commitments/gaps/gap.html", context)


def is_worth_a_page(application: Application) -> bool:
    """Something was tried to its end, or at least attested."""
    if application.status == ApplicationStatus.COMPLETED:
        return True
    return Attestation.objects.filter(application=application).exists()
