"""Colleagues of a structure: who they are, invitations, requests to join."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.members import actions
from accounts.models import Invitation, Membership, Organisation
from candidates.structures.forms import InvitationForm
from candidates.structures.mine import my_membership, my_structure
from candidates.structures.models import SupportStructure
from core.rules import RuleBroken
from territories.members import confirm_member


def members(request: HttpRequest) -> HttpResponse:
    """Who is not verified reads only their own line."""
    structure = my_structure(request)
    me = my_membership(request, structure)
    manages = Membership.objects.managing(request.user).filter(pk=me.pk).exists()
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.invite_member(structure.organisation, by=request.user, **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"Invitation envoyée à {form.cleaned_data['email']}.")
            return redirect(f"{reverse('structures:members')}?structure={structure.pk}")
    colleagues = structure.organisation.memberships.select_related("user").order_by("created_at", "pk")
    context = {
        "structure": structure,
        "me": me,
        "manages": manages,
        "form": form,
        "members": colleagues.active() if me.confirmed_at else [me],
        "asking": colleagues.asking() if manages else [],
        "invitations": structure.organisation.invitations.open() if manages else [],
    }
    return render(request, "candidates/structures/members.html", context)


def _back_to_members(organisation: Organisation) -> HttpResponse:
    structure = SupportStructure.objects.filter(organisation=organisation).order_by("name", "pk").first()
    return redirect(f"{reverse('structures:members')}?structure={structure.pk}")


def _decide(request: HttpRequest, thing: Any, action: Callable[..., Any], *, done: str) -> HttpResponse:
    try:
        action(thing, by=request.user)
    except RuleBroken as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, done)
    return _back_to_members(thing.organisation)


def _managed_by(request: HttpRequest) -> Any:
    managed = Membership.objects.managing(request.user).values("organisation")
    return Organisation.objects.filter(pk__in=managed, support_structures__isnull=False)


def _colleague(request: HttpRequest, pk: int) -> Membership:
    """A membership that this person manages; a stranger's does not exist."""
    theirs = Membership.objects.filter(organisation__in=_managed_by(request))
    return get_object_or_404(theirs.select_related("organisation", "user"), pk=pk)


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    done = "Demande acceptée : votre collègue est prévenu."
    return _decide(request, _colleague(request, pk), confirm_member, done=done)


@require_POST
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    done = "Demande refusée : la personne est prévenue."
    return _decide(request, _colleague(request, pk), actions.refuse_member, done=done)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """A manager removes a colleague; anybody may leave."""
    ours = Membership.objects.active().filter(organisation__support_structures__isnull=False)
    membership = ours.filter(user=request.user, pk=pk).select_related("organisation").first()
    if membership is None:
        done = "Cette personne n’a plus accès à votre espace."
        return _decide(request, _colleague(request, pk), actions.remove_member, done=done)
    try:
        actions.remove_member(membership, by=request.user)
    except RuleBroken as refusal:
        messages.error(request, refusal.message)
        return _back_to_members(membership.organisation)
    messages.success(request, f"Vous n’agissez plus pour {membership.organisation.name}.")
    return redirect("after_login")


@require_POST
def withdraw_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    theirs = Invitation.objects.filter(organisation__in=_managed_by(request))
    invitation = get_object_or_404(theirs.select_related("organisation"), pk=pk)
    return _decide(request, invitation, actions.withdraw_invitation, done="Invitation retirée.")
