"""The pages of one's own account: who one is, one's address, one's data."""

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import arrivals, codes, emails
from accounts.actions import change_email, erase_account, obstacles_to_erasing, open_account, save_name
from accounts.forms import NameForm, NewAddressForm, TypedCodeForm, WhoForm
from accounts.members.actions import accept_invitation
from accounts.models import Invitation, Membership, User
from core import personal_data
from core.outbox import post
from core.rules import RuleBroken

NEW_ADDRESS = "new_address"


def welcome(request: HttpRequest) -> HttpResponse:
    """Logged in, but as nobody yet: one says who one is."""
    form = WhoForm(request.POST or None)
    if form.is_valid():
        arrival = arrivals.known()[form.cleaned_data["qui"]]
        if arrivals.begin(request, arrival):
            return redirect(arrival.next_page)
    asking = Membership.objects.asking().filter(user=request.user).select_related("organisation")
    context = {"form": form, "asking": asking}
    return render(request, "accounts/welcome.html", context)


@never_cache
def account(request: HttpRequest) -> HttpResponse:
    """« Mon compte »."""
    memberships = request.user.memberships.active().select_related("organisation")
    return render(request, "accounts/account.html", {"memberships": memberships})


def name(request: HttpRequest) -> HttpResponse:
    """« Votre nom »: colleagues, and the people one answers, read it."""
    known = {"first_name": request.user.first_name, "last_name": request.user.last_name}
    form = NameForm(request.POST or None, initial=known)
    if form.is_valid():
        save_name(request.user, **form.cleaned_data)
        messages.success(request, "C’est noté : vos collègues et les personnes lisent ce nom.")
        return redirect("after_login")
    return render(request, "accounts/name.html", {"form": form})


def new_address(request: HttpRequest) -> HttpResponse:
    """A new address receives a code first. Taken or not, the page is the same."""
    form = NewAddressForm(request.POST or None, user=request.user)
    if form.is_valid():
        email = form.cleaned_data["email"]
        try:
            code = codes.issue(request, NEW_ADDRESS, to=email)
        except RuleBroken as refusal:
            form.add_error(None, refusal)
        else:
            taken = User.objects.filter(email=email).exists()
            post(emails.address_taken(to=email) if taken else emails.new_address_code(code, to=email))
            return redirect("accounts:new_address_code")
    return render(request, "accounts/new_address.html", {"form": form})


def new_address_code(request: HttpRequest) -> HttpResponse:
    """The code that the new address received."""
    email = codes.waiting(request, NEW_ADDRESS)
    form = TypedCodeForm(request.POST or None)
    if form.is_valid():
        try:
            change_email(request.user, to=codes.check(request, NEW_ADDRESS, form.cleaned_data["code"]))
        except RuleBroken as refusal:
            form.add_error("code", refusal)
        else:
            messages.success(request, "Votre adresse est changée. Elle sert dès maintenant à vous connecter.")
            return redirect("accounts:account")
    elif request.method == "GET" and not email:
        return redirect("accounts:new_address")
    return render(request, "accounts/new_address_code.html", {"form": form, "email": email})


@require_safe
@never_cache
def my_data(request: HttpRequest) -> HttpResponse:
    """Everything that this site knows of the person, in a file."""
    answer = JsonResponse(
        personal_data.export_all(request.user), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    answer["Content-Disposition"] = 'attachment; filename="mes-donnees-trait-d-union.json"'
    return answer


def erase(request: HttpRequest) -> HttpResponse:
    """« Supprimer mon compte »: what happens, what stands in the way, then a button."""
    obstacles = obstacles_to_erasing(request.user)
    if request.method == "POST" and not obstacles:
        try:
            erase_account(request.user, by=request.user)
        except RuleBroken as refusal:
            obstacles = [refusal.message]
        else:
            logout(request)
            messages.success(request, "Votre compte est supprimé. Vos données personnelles sont effacées.")
            return redirect("account_login")
    return render(request, "accounts/erase.html", {"obstacles": obstacles})


@never_cache
@login_not_required
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """A colleague's invitation: enter by a code, then one button."""
    accepted = Invitation.objects.exclude(accepted_at=None).filter(token=token)
    if accepted.filter(email__iexact=getattr(request.user, "email", "")).exists():
        return redirect("after_login")  # The mail, opened a second time.
    if request.user.is_anonymous and accepted.exists():
        return redirect("account_login")
    found = get_object_or_404(Invitation.objects.open().select_related("organisation"), token=token)
    if request.method == "POST" and request.user.is_anonymous:
        user = open_account(found.email)
        LoginCodeVerificationProcess.initiate(request=request, user=user, email=found.email)
        here = reverse("accounts:invitation", args=[token])
        return redirect(f"{reverse('account_confirm_login_code')}?{urlencode({'next': here})}")
    if request.method == "POST":
        try:
            accept_invitation(found, by=request.user)
        except RuleBroken as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, f"Bienvenue dans l’équipe de {found.organisation.name}.")
            return redirect("after_login")
    return render(request, "accounts/invitation.html", {"invitation": found})
