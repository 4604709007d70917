"""The company gives one person several dates at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.roles import COMPANY
from core.early import turned_back
from core.rules import RuleBroken
from core.workflow import why_not
from immersions.applications import actions
from immersions.applications.candidate_pages import posted
from immersions.applications.models import Application
from immersions.applications.workflow import BOOK
from immersions.dates.series import DayFormSet, SeriesForm, words_for
from immersions.offers.models import DateMode


@require_http_methods(["GET", "HEAD", "POST"])
def application_series(request: HttpRequest, pk: int) -> HttpResponse:
    """« Trois matins, puis deux journées. »"""
    application = get_object_or_404(Application.objects.received_by(request.user).for_page(), pk=pk)
    home = reverse("immersions:received_application", args=[pk])
    if too_late := turned_back(request, why_not(BOOK, application, role=COMPANY), to=home):
        return too_late
    offer, refusal = application.offer, ""
    kind = SeriesForm if offer.date_mode == DateMode.SLOTS else DayFormSet
    form = kind(posted(request), application=application)
    if form.is_valid():
        try:
            actions.book_application(application, by=request.user, **form.arguments())
        except RuleBroken as broken:
            refusal = broken.message
            if isinstance(form, SeriesForm):
                form.add_error(None, broken)
        else:
            messages.success(request, "C’est réservé. Vous recevez tous deux les dates par e-mail.")
            return redirect(home)
    context = {
        "application": application, "offer": offer, "form": form, "refusal": refusal,
        "first_name": application.candidate.user.first_name, "longest": words_for(offer),
    }  # fmt: skip
    return render(request, "immersions/application_series.html", context)
