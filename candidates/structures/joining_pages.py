"""An advisor says where they work, and proves it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts import codes
from accounts.forms import TypedCodeForm
from accounts.mail_domains import hidden
from accounts.models import Membership
from candidates.structures.choices import proposed
from candidates.structures.forms import RegisterForm
from candidates.structures.joining import register_advisor, send_confirmation_code
from candidates.structures.mine import my_membership, my_structure
from candidates.structures.models import SupportStructure
from core.rules import RuleBroken
from territories.members import confirm_member
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


@page
def verify(request: HttpRequest) -> HttpResponse:
    """« Vérifier mon compte »: what opens then, and each way to get there."""
    structure = my_structure(request)
    membership = my_membership(request, structure)
    published = structure.organisation.published_email
    if request.method == "POST" and not membership.confirmed_at and published:
        try:
            code = codes.issue(request, _purpose(membership), to=published)
            send_confirmation_code(membership, code)
        except RuleBroken as refusal:
            messages.error(request, refusal.message)
        else:
            return redirect(f"{reverse('structures:verify_code')}?structure={structure.pk}")
    context = {"structure": structure, "membership": membership, "published": hidden(published)}
    return render(request, "candidates/structures/verify.html", context)


@page
def verify_code(request: HttpRequest) -> HttpResponse:
    """The code that the published address received."""
    structure = my_structure(request)
    membership = my_membership(request, structure)
    form = TypedCodeForm(request.POST or None)
    if form.is_valid():
        try:
            codes.check(request, _purpose(membership), form.cleaned_data["code"])
            confirm_member(membership, by=request.user, how=Membership.ConfirmedBy.CODE)
        except RuleBroken as refusal:
            form.add_error("code", refusal)
        else:
            messages.success(request, "Votre compte est vérifié : vous voyez maintenant les personnes.")
            return redirect("advisor_space")
    context = {"form": form, "structure": structure, "to": hidden(structure.organisation.published_email)}
    return render(request, "candidates/structures/verify_code.html", context)


def _purpose(membership: Membership) -> str:
    return f"confirm_membership:{membership.pk}"
