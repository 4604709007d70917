"""Who acts for the company: being verified, colleagues, invitations, requests."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts import codes
from accounts.forms import TypedCodeForm
from accounts.mail_domains import hidden
from accounts.members import actions
from accounts.models import Invitation, Membership, Organisation
from companies.actions import confirm_member, send_confirmation_code
from companies.forms import InvitationForm
from companies.mine import my_company, my_membership
from core.rules import RuleBroken


def verify(request: HttpRequest) -> HttpResponse:
    """« Vérifier mon compte »: what opens then, and each way to get there."""
    company = my_company(request)
    membership = my_membership(request, company)
    published = company.organisation.published_email
    if request.method == "POST" and not membership.confirmed_at and published:
        try:
            code = codes.issue(request, _purpose(membership), to=published)
            send_confirmation_code(membership, code)
        except RuleBroken as refusal:
            messages.error(request, refusal.message)
        else:
            return redirect(f"{reverse('companies:verify_code')}?entreprise={company.pk}")
    context = {"company": company, "membership": membership, "published": hidden(published)}
    return render(request, "companies/verify.html", context)


def verify_code(request: HttpRequest) -> HttpResponse:
    """The code that the published address received."""
    company = my_company(request)
    membership = my_membership(request, company)
    form = TypedCodeForm(request.POST or None)
    if form.is_valid():
        try:
            codes.check(request, _purpose(membership), form.cleaned_data["code"])
            confirm_member(membership, by=request.user, how=Membership.ConfirmedBy.CODE)
        except RuleBroken as refusal:
            form.add_error("code", refusal)
        else:
            messages.success(request, "Votre compte est vérifié : vous voyez maintenant les candidatures.")
            return redirect("company_space")
    to = hidden(company.organisation.published_email)
    return render(request, "companies/verify_code.html", {"form": form, "company": company, "to": to})


def _purpose(membership: Membership) -> str:
    return f"confirm_membership:{membership.pk}"


def members(request: HttpRequest) -> HttpResponse:
    """Colleagues, requests and invitations. Who is not verified reads only their own line."""
    company = my_company(request)
    me = my_membership(request, company)
    manages = Membership.objects.managing(request.user).filter(pk=me.pk).exists()
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.invite_member(company.organisation, by=request.user, **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"Invitation envoyée à {form.cleaned_data['email']}.")
            return redirect(_members_of(company.pk))
    colleagues = company.organisation.memberships.select_related("user").order_by("created_at", "pk")
    invitations = company.organisation.invitations.open()
    context = {
        "company": company,
        "me": me,
        "manages": manages,
        "form": form,
        "members": colleagues.active() if me.confirmed_at else [me],
        "asking": colleagues.asking() if manages else [],
        "invitations": invitations if manages else [],
    }
    return render(request, "companies/members.html", context)


def _members_of(company_pk: int) -> str:
    return f"{reverse('companies:members')}?entreprise={company_pk}"


def _decide(request: HttpRequest, thing: Any, action: Callable[..., Any], *, done: str) -> HttpResponse:
    try:
        action(thing, by=request.user)
    except RuleBroken as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, done)
    return redirect(_members_of(thing.organisation.company.pk))


def _managed_by(request: HttpRequest) -> Any:
    managed = Membership.objects.managing(request.user).values("organisation")
    return Organisation.objects.filter(pk__in=managed, company__isnull=False)


def _colleague(request: HttpRequest, pk: int) -> Membership:
    """A membership that this person manages; a stranger's does not exist."""
    theirs = Membership.objects.filter(organisation__in=_managed_by(request))
    return get_object_or_404(theirs.select_related("organisation__company", "user"), pk=pk)


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
    mine = Membership.objects.active().filter(user=request.user, organisation__company__isnull=False)
    membership = mine.filter(pk=pk).select_related("organisation__company").first()
    if membership is None:
        done = "Cette personne n’a plus accès à votre espace."
        return _decide(request, _colleague(request, pk), actions.remove_member, done=done)
    try:
        actions.remove_member(membership, by=request.user)
    except RuleBroken as refusal:
        messages.error(request, refusal.message)
        return redirect(_members_of(membership.organisation.company.pk))
    messages.success(request, f"Vous n’agissez plus pour {membership.organisation.name}.")
    return redirect("after_login")


@require_POST
def withdraw_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    theirs = Invitation.objects.filter(organisation__in=_managed_by(request))
    invitation = get_object_or_404(theirs.select_related("organisation__company"), pk=pk)
    return _decide(request, invitation, actions.withdraw_invitation, done="Invitation retirée.")
