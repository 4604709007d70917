"""First appointments: the company offers times, the candidate picks one."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.roles import CANDIDATE, COMPANY
from companies.models import Company
from core.early import turned_back
from core.rules import RuleBroken
from core.workflow import why_not
from immersions.applications.candidate_pages import posted
from immersions.applications.models import Application
from immersions.appointments import actions
from immersions.appointments.forms import CancelForm, PickForm, TimesForm
from immersions.appointments.models import Appointment, AppointmentTime
from immersions.appointments.showing import shown
from immersions.appointments.words import time_words
from immersions.appointments.workflow import CANCEL

page = require_http_methods(["GET", "HEAD", "POST"])
PAGES = {CANDIDATE: "my_application", COMPANY: "received_application"}
TOLD = "C’est noté, nous prévenons tout de suite."


@page
def company_times(request: HttpRequest) -> HttpResponse:
    """The times that the company offers to whoever applies, and the appointments to come."""
    company = Company.objects.trusting(request.user).order_by("name", "pk").first()
    if company is None:
        raise Http404
    form = TimesForm(posted(request))
    if form.is_valid() and _offer(request, form, company):
        return redirect("immersions:company_times")
    offered = AppointmentTime.objects.of_company_members(request.user).filter(application=None)
    booked = Appointment.objects.received_by(request.user).booked().for_page()
    context = {
        "form": form,
        "company": company,
        "times": [(time, time_words(time)) for time in offered.free()],
        "booked": [(it, time_words(it.time)) for it in booked],
    }
    return render(request, "immersions/appointment_times.html", context)


@page
def appointment_offer(request: HttpRequest, pk: int) -> HttpResponse:
    """« Parlons-nous d’abord » : times for this person."""
    application = get_object_or_404(Application.objects.received_by(request.user).for_page(), pk=pk)
    offer = application.offer
    home = reverse("immersions:received_application", args=[pk])
    if too_late := turned_back(request, actions.why_too_late(application), to=home):
        return too_late
    form = TimesForm(posted(request), department=offer.department_code)
    if form.is_valid() and _offer(request, form, offer.company, application):
        return redirect(home)
    first_name = application.candidate.user.first_name
    context = {"form": form, "application": application, "offer": offer, "first_name": first_name}
    return render(request, "immersions/appointment_offer.html", context)


def _offer(
    request: HttpRequest, form: TimesForm, company: Company, application: Application | None = None
) -> bool:
    try:
        actions.offer_times(company, by=request.user, application=application, **form.arguments())
    except RuleBroken as refusal:
        form.add_error(None, refusal)
        return False
    done = "Heures proposées : la personne choisit." if application else "Heures ajoutées."
    messages.success(request, " ".join([done, *form.remarks()]))
    return True


@require_POST
def time_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    time = get_object_or_404(AppointmentTime.objects.of_company_members(request.user), pk=pk)
    _did(request, lambda: actions.withdraw_time(time, by=request.user), "Cette heure n’est plus proposée.")
    return redirect("immersions:company_times")


@page
def my_appointment(request: HttpRequest, pk: int) -> HttpResponse:
    """Pick a time, or another one."""
    application = get_object_or_404(Application.objects.of(request.user).for_page(), pk=pk)
    home = reverse("immersions:my_application", args=[pk])
    if too_late := turned_back(request, actions.why_too_late(application), to=home):
        return too_late
    form = PickForm(posted(request), application=application)
    if form.is_valid():
        try:
            actions.pick_time(application, form.cleaned_data["time"], by=request.user)
        except RuleBroken as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(
                request, "C’est noté. Vous recevez le rendez-vous par e-mail, pour votre agenda."
            )
            return redirect(home)
    context = {
        "form": form,
        "application": application,
        "offer": application.offer,
        "shown": shown(application),
    }
    return render(request, "immersions/appointment_pick.html", context)


@page
def my_appointment_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    return _cancel(
        request, get_object_or_404(Appointment.objects.of(request.user).for_page(), pk=pk), CANDIDATE
    )


@page
def received_appointment_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    mine = Appointment.objects.received_by(request.user).for_page()
    return _cancel(request, get_object_or_404(mine, pk=pk), COMPANY)


@require_POST
def my_appointment_missed(request: HttpRequest, pk: int) -> HttpResponse:
    return _missed(
        request, get_object_or_404(Appointment.objects.of(request.user).for_page(), pk=pk), CANDIDATE
    )


@require_POST
def received_appointment_missed(request: HttpRequest, pk: int) -> HttpResponse:
    mine = Appointment.objects.received_by(request.user).for_page()
    return _missed(request, get_object_or_404(mine, pk=pk), COMPANY)


def _cancel(request: HttpRequest, appointment: Appointment, side: str) -> HttpResponse:
    application = appointment.application
    home = reverse(f"immersions:{PAGES[side]}", args=[application.pk])
    if too_late := turned_back(request, why_not(CANCEL, appointment, role=side), to=home):
        return too_late
    form = CancelForm(posted(request))
    if form.is_valid():
        words = form.cleaned_data["words"]
        _did(request, lambda: actions.cancel_appointment(appointment, by=request.user, words=words), TOLD)
        return redirect(home)
    is_company = side == COMPANY
    context = {
        "form": form, "application": application, "offer": application.offer, "when": time_words(appointment.time),
        "base": "spaces/company_base.html" if is_company else "spaces/candidate_base.html",
        "back_page": f"immersions:{PAGES[side]}",
        "other": application.candidate.user.first_name if is_company else application.offer.company.name,
    }  # fmt: skip
    return render(request, "immersions/appointment_cancel.html", context)


def _missed(request: HttpRequest, appointment: Appointment, side: str) -> HttpResponse:
    _did(request, lambda: actions.note_absence(appointment, by=request.user), TOLD)
    return redirect(f"immersions:{PAGES[side]}", appointment.application_id)


def _did(request: HttpRequest, act: Callable[[], object], done: str) -> None:
    try:
        act()
    except RuleBroken as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, done)
