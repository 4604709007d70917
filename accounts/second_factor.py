"""The second factor of agents: a code of their telephone, besides the one received by e-mail.

Only agents have these pages: what the administration shows is worth more care than one's own profile.
"""

from collections.abc import Callable
from functools import wraps

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from accounts.models import User


def is_missing(user: User) -> bool:
    """Must this agent set up a second factor before going on?"""
    return settings.ADMIN_MFA_REQUIRED and user.is_staff and not is_mfa_enabled(user)


def for_agents(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """404 for anybody else."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.is_staff:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


class ActivateView(totp.ActivateTOTPView):
    """The code just typed is proof enough to show the recovery codes at once."""

    def form_valid(self, form) -> HttpResponse:
        response = super().form_valid(form)
        record_authentication(self.request, self.request.user, method="mfa", reauthenticated=True)
        return response


urlpatterns = [
    path("", for_agents(base.index), name="mfa_index"),
    path("code/", base.authenticate, name="mfa_authenticate"),  # While logging in.
    path("encore/", for_agents(base.reauthenticate), name="mfa_reauthenticate"),
    path("activer/", for_agents(ActivateView.as_view()), name="mfa_activate_totp"),
    path("desactiver/", for_agents(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("secours/", for_agents(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "secours/nouveaux/",
        for_agents(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "secours/fichier/",
        for_agents(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
]
