"""How allauth behaves in this house: our words, and our outbox for its messages."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts import arrivals, emails
from accounts.models import User
from core.outbox import post


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": "Ce code n’est pas le bon. Recopiez les 6 chiffres du dernier message reçu.",
        "too_many_login_attempts": "Trop d’essais en peu de temps. Attendez une minute, puis recommencez.",
        "rate_limited": "Trop de demandes en peu de temps. Attendez une minute, puis recommencez.",
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The two messages that we let allauth send. Both cost the page the same time."""
        match template_prefix:
            case "account/email/login_code":
                post(emails.login_code(context["code"], to=email))
            case "account/email/unknown_account":
                post(emails.unknown_account(to=email))
            case _:
                raise NotImplementedError(template_prefix)

    def add_message(self, request, level, message_template=None, *args, message=None, **kwargs) -> None:
        """Our pages say what is happening: allauth's own small talk is not repeated on top."""
        if message:
            super().add_message(request, level, message=message)

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        messages.error(request, "Ce compte est fermé. Écrivez-nous pour en savoir plus.")
        return redirect("account_login")

    def post_login(self, request, user, *, redirect_url=None, **kwargs) -> HttpResponse:
        """Whoever has just signed up begins as what they said they are."""
        response = super().post_login(request, user, redirect_url=redirect_url, **kwargs)
        arrival = arrivals.complete(request)
        return redirect(arrival.next_page) if arrival and not redirect_url else response
