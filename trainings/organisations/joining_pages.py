"""Somebody says in which training organisation they work."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Membership
from core.rules import RuleBroken
from trainings.models import TrainingOrganisation
from trainings.organisations.forms import RegisterForm
from trainings.organisations.joining import register_member

SHOWN = 20


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """« Où travaillez-vous ? » A name, a SIRET or a number of declaration of activity."""
    words = request.GET.get("q", "")[:100]
    found = TrainingOrganisation.objects.named(words).order_by("name", "pk")[:SHOWN]
    return render(request, "trainings/organisations/choose.html", {"words": words, "found": list(found)})


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, pk: int) -> HttpResponse:
    """Known with members: ask to join. Otherwise open the space; the SIRET when nobody told it."""
    organisation = get_object_or_404(TrainingOrganisation.objects.select_related("organisation"), pk=pk)
    entity = organisation.organisation
    mine = Membership.objects.filter(organisation=entity, user=request.user).first() if entity else None
    asks_siret = entity is None and not organisation.siret
    form = RegisterForm(request.POST or None) if asks_siret else None
    refusal = ""
    if request.method == "POST" and (form is None or form.is_valid()):
        siret = form.cleaned_data["siret"] if form else ""
        try:
            membership = register_member(organisation, by=request.user, siret=siret)
        except RuleBroken as broken:
            if form:
                form.add_error(None, broken)
            refusal = "" if form else broken.message
        else:
            return _welcome(request, organisation, membership)
    context = {
        "organisation": organisation,
        "mine": mine,
        "has_members": entity is not None and entity.memberships.active().exists(),
        "form": form,
        "refusal": refusal,
    }
    return render(request, "trainings/organisations/register.html", context)


def _welcome(
    request: HttpRequest, organisation: TrainingOrganisation, membership: Membership
) -> HttpResponse:
    if not membership.is_active:
        messages.success(request, "Votre demande est partie. Vous recevrez la réponse par e-mail.")
        return redirect("accounts:welcome")
    if membership.confirmed_at:
        messages.success(request, f"L’espace de {organisation.name} est ouvert, et votre compte vérifié.")
        return redirect("organisation_space")
    messages.success(request, f"L’espace de {organisation.name} est ouvert.")
    return redirect("organisations:verify")
