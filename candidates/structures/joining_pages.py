"""An advisor says where they work."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Membership
from candidates.structures.choices import proposed
from candidates.structures.forms import RegisterForm
from candidates.structures.joining import register_advisor
from candidates.structures.models import SupportStructure
from core.rules import RuleBroken
from territories.places import commune_of, find_places

page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """« Où travaillez-vous ? » A name, a town or a code; a town also shows what is around it."""
    words = request.GET.get("q", "")
    found = proposed(words, None)
    around = []
    if words.strip():
        answer = find_places(words[:100])
        commune = commune_of(answer.place.code) if answer.place else None
        known = {structure.pk for structure in found}
        around = [each for each in proposed("", commune) if each.pk not in known] if commune else []
    context = {"words": words, "found": found, "around": around}
    return render(request, "candidates/structures/choose.html", context)


@page
def register(request: HttpRequest, pk: int) -> HttpResponse:
    """Known with members: ask to join. Otherwise: the SIRET, the first time."""
    structures = SupportStructure.objects.open().for_list().select_related("organisation")
    structure = get_object_or_404(structures, pk=pk)
    organisation = structure.organisation
    mine = Membership.objects.filter(organisation=organisation, user=request.user).first()
    has_members = organisation is not None and organisation.memberships.active().exists()
    form = None if organisation else RegisterForm(request.POST or None)
    refusal = ""
    if request.method == "POST" and (form is None or form.is_valid()):
        siret = form.cleaned_data["siret"] if form else ""
        try:
            membership = register_advisor(structure, by=request.user, siret=siret)
        except RuleBroken as broken:
            if form:
                form.add_error(None, broken)
            refusal = "" if form else broken.message
        else:
            return _welcome(request, structure, membership)
    context = {
        "structure": structure,
        "mine": mine if organisation else None,
        "has_members": has_members,
        "form": form,
        "refusal": refusal,
    }
    return render(request, "candidates/structures/register.html", context)


def _welcome(request: HttpRequest, structure: SupportStructure, membership: Membership) -> HttpResponse:
    if not membership.is_active:
        messages.success(request, "Votre demande est partie. Vous recevrez la réponse par e-mail.")
        return redirect("accounts:welcome")
    if membership.confirmed_at:
        messages.success(request, f"L’espace de {structure.name} est ouvert, et votre compte vérifié.")
        return redirect("advisor_space")
    messages.success(request, f"L’espace de {structure.name} est ouvert.")
    return redirect("structures:verify")
