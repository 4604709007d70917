"""« Tout va bien ? » from the mailed link, without an account. A GET shows, a POST acts: mail programs
open links by themselves.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.roles import CANDIDATE
from commitments.courses import checkins
from commitments.courses.forms import CheckInForm
from commitments.courses.models import CheckIn
from commitments.courses.workflow import CheckInStatus
from core.rules import RuleBroken
from immersions.applications.candidate_pages import posted


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: HttpRequest, token: str) -> HttpResponse:
    it = get_object_or_404(CheckIn.objects.for_list(), token=token)
    if not CheckIn.objects.current().filter(pk=it.pk).exists():
        return render(request, "commitments/courses/link_over.html", status=410)
    form = CheckInForm(posted(request), side=it.side)
    answer = request.POST.get("answer", "")
    if request.method == "POST" and answer in ("fine", "worried") and form.is_valid():
        try:
            checkins.answer(it, by=None, is_worried=answer == "worried", words=form.cleaned_data["words"])
        except RuleBroken as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, "Merci, c’est noté.")
        return redirect("commitments:check_in", token)
    context = {
        "it": it,
        "form": form,
        "is_candidate": it.side == CANDIDATE,
        "first_name": it.seat_request.candidate.user.first_name,
        "full_name": it.seat_request.candidate.user.get_full_name(),
        "training": it.seat_request.session.action.training.title,
        "organisation": it.seat_request.organisation.name,
        "may_answer": it.status in (CheckInStatus.ASKED, CheckInStatus.SILENT),
    }
    return render(request, "commitments/courses/check_in.html", context)
