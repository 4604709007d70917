"""« Ma formation », « Mon futur salarié », and what the advisor reads and closes."""

from typing import Any

from django.contrib import messages
from django.db.models import Case, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from commitments.courses import concerns
from commitments.courses.forms import CloseForm
from commitments.courses.models import CourseResult
from commitments.courses.queries import IN_COURSE, WAS_IN_COURSE
from commitments.courses.showing import Course, for_course
from commitments.projects.models import Commitment
from commitments.projects.showing import NOBODY
from commitments.seats.for_advisors import following_of
from commitments.seats.models import SeatRequest
from core.rules import RuleBroken
from core.signing.responses import file_response
from immersions.applications.candidate_pages import posted

page = require_http_methods(["GET", "HEAD", "POST"])
FOLDER = "commitments/courses"


@require_safe
def my_course(request: HttpRequest, pk: int) -> HttpResponse:
    """« Ma formation »: dates, internships, absences, the result."""
    it = get_object_or_404(for_course(SeatRequest.objects.of(request.user)), pk=pk)
    return render(
        request, f"{FOLDER}/my_course.html", {"it": it, "course": Course(it), "session": it.session}
    )


@require_safe
def future_employee(request: HttpRequest, pk: int) -> HttpResponse:
    """« Mon futur salarié »: dates, internship, check-in. Why a calendar changes is not theirs."""
    commitment = get_object_or_404(Commitment.objects.of_companies(request.user).for_list(), pk=pk)
    rows = for_course(SeatRequest.objects.filter(commitment=commitment))
    is_in_training = Case(When(status__in={*IN_COURSE, *WAS_IN_COURSE}, then=0), default=1)
    it = rows.order_by(is_in_training, "-pk").first()
    context: dict[str, Any] = {
        "commitment": commitment,
        "full_name": commitment.candidate.user.get_full_name() or "Compte supprimé",
        "first_name": commitment.candidate.user.first_name or NOBODY,
        "it": it,
    }
    if it is not None:
        course = Course(it)
        here = [row for row in course.internships if row.company_id == commitment.company_id]
        context |= {"course": course, "session": it.session, "internships": here}
    return render(request, f"{FOLDER}/future_employee.html", context)


@page
def followed_course(request: HttpRequest, pk: int) -> HttpResponse:
    """The advisor's page: everything but the papers of others; « c’est suivi », with a word."""
    it = get_object_or_404(for_course(SeatRequest.objects.followed_by(request.user)), pk=pk)
    course = Course(it)
    form = CloseForm(posted(request))
    if form.is_bound and not course.concern:
        messages.info(request, "Ce dossier est déjà suivi : voici ce qui a été fait.")
        return redirect("commitments:followed_course", pk)
    if form.is_bound and form.is_valid():
        try:
            concerns.close_concern(course.concern, by=request.user, words=form.cleaned_data["words"])
        except RuleBroken as refusal:
            form.add_error("words", refusal.message)
        else:
            messages.success(request, "C’est suivi : le dossier est clos.")
            return redirect("commitments:followed_course", pk)
    following = following_of(it.candidate, request.user)
    context = {"it": it, "course": course, "session": it.session, "form": form, "following": following}
    return render(request, f"{FOLDER}/followed_course.html", context)


@require_safe
@never_cache
def attestation(request: HttpRequest, pk: int) -> HttpResponse:
    """For the person, the organisation and the advisor."""
    rows = SeatRequest.objects.all()
    mine = rows.of(request.user) | rows.of_organisations(request.user) | rows.followed_by(request.user)
    found = get_object_or_404(
        CourseResult.objects.exclude(attestation=""), seat_request=pk, seat_request__in=mine
    )
    return file_response(found.attestation, name=f"attestation-{pk}")
