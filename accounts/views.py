"""Entering: one types an address, then the code that it receives."""

from allauth.account import views as allauth_views
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.stages import LoginByCodeStage, LoginStageController
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from accounts import arrivals, codes
from accounts.actions import open_account
from accounts.forms import CodeForm, LoginForm, WhoForm

TOO_LATE = (
    "Ce code ne peut plus servir : il a déjà servi, ou il date de plus de 15 minutes. "
    "Demandez un nouveau code."
)


def with_next(request: HttpRequest, page: str, **query: str) -> str:
    """The address of `page`, and where to go afterwards."""
    next_url = request.POST.get("next") or request.GET.get("next")
    if next_url:
        query["next"] = next_url
    return reverse(page) + (f"?{urlencode(query)}" if query else "")


class LoginView(allauth_views.RequestLoginCodeView):
    """« Entrer ». The same page and the same time whether the address is known or not."""

    form_class = LoginForm
    template_name = "account/login.html"

    def get_form_class(self):
        return self.form_class

    def _redirect_to_pending_stage(self, request, stage) -> None:
        """A code is already waiting: one may still ask for another, or correct the address."""

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(signup_url=with_next(self.request, "account_signup"), **kwargs)


@method_decorator(login_not_required, name="dispatch")
class SignupView(LoginView):
    """The second question of the inscription. Who already has an account simply logs in."""

    template_name = "account/signup_email.html"

    def dispatch(self, request, *args, **kwargs):
        self.kind = request.GET.get("qui", "")
        if self.kind not in arrivals.known():
            return redirect(with_next(request, "account_signup"))
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form) -> HttpResponse:
        form._user = open_account(form.cleaned_data["email"])
        arrivals.announce(self.request, self.kind)
        return super().form_valid(form)

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(arrival=arrivals.known()[self.kind], kind=self.kind, **kwargs)


@never_cache
@login_not_required
def signup(request: HttpRequest) -> HttpResponse:
    """The first question of the inscription: who one is."""
    if request.user.is_authenticated:
        return redirect("accounts:welcome")
    form = WhoForm(request.GET if "qui" in request.GET else None)
    if form.is_valid():
        return redirect(with_next(request, "account_signup_email", qui=form.cleaned_data["qui"]))
    context = {"form": form, "next": request.GET.get("next", "")}
    return render(request, "account/signup.html", context)


@method_decorator(login_not_required, name="dispatch")
@method_decorator(never_cache, name="dispatch")
class CodeView(allauth_views.ConfirmLoginCodeView):
    """« Votre code ». Wrong five times, used or too old: a sentence, and a way to a new one."""

    form_class = CodeForm
    template_name = "account/code.html"

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_anonymous and not self.is_waited_for():
            messages.error(request, TOO_LATE)
            return redirect(with_next(request, "account_login"))
        return super().dispatch(request, *args, **kwargs)

    def is_waited_for(self) -> bool:
        stage = LoginStageController.enter(self.request, LoginByCodeStage.key)
        return bool(stage and LoginCodeVerificationProcess.resume(stage))

    def get_form_class(self):
        return self.form_class

    def get_form_kwargs(self) -> dict:
        email = self._process.state["email"]
        return super().get_form_kwargs() | {"request": self.request, "email": email, "tries": self.tries}

    @cached_property
    def tries(self) -> str:
        """Where the tries of this code are counted; a code that was never sent has its own too."""
        pending = self._process.state
        return codes.key_of("login", pending["email"], pending["at"], pending.get("code", ""))

    def form_invalid(self, form) -> HttpResponse:
        if codes.tries_left(self.tries):
            return self.render_to_response(self.get_context_data(form=form))
        self._process.abort()
        messages.error(self.request, codes.CANCELLED)
        return redirect(with_next(self.request, "account_login"))

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(tries_left=codes.tries_left(self.tries), **kwargs)


@method_decorator(login_not_required, name="dispatch")
class LogoutView(allauth_views.LogoutView):
    """A button of the header; typed as an address, it asks first."""

    template_name = "account/logout.html"
