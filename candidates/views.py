"""The jobseeker's own profile."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from candidates.actions import save_profile
from candidates.forms import ProfileForm
from candidates.models import Candidate
from core.rules import RuleBroken


def profile(request: HttpRequest) -> HttpResponse:
    """« Mon profil ». With `next`, one comes back to the offer that asked for it."""
    mine = Candidate.objects.of(request.user).select_related("user", "commune")
    candidate = get_object_or_404(mine)
    form = ProfileForm(request.POST or None, candidate=candidate)
    if form.is_valid():
        try:
            save_profile(candidate, by=request.user, **form.answers())
        except RuleBroken as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "Profil enregistré.")
            return redirect(safe_next(request) or "candidate_profile")
    context = {
        "form": form,
        "candidate": candidate,
        "missing": candidate.missing_to_apply(),
        "next": safe_next(request),
    }
    return render(request, "candidates/profile.html", context)


def safe_next(request: HttpRequest) -> str:
    """Where one came from, if it is a page of ours."""
    url = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if ours else ""
