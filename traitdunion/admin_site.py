"""The admin of the region agents: one logs in through the site, by code."""

from functools import wraps

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.admin.views.main import ERROR_FLAG
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from accounts import second_factor
from traitdunion.agent_todo import waiting_for

YEARS = range(1900, 3000)  # Beyond them Python's calendar ends, or a time zone has no hour.


def asks_an_impossible_year(asked: QueryDict) -> bool:
    """Django reads « __month=13 » as a filter without rows, and stumbles over years that no calendar has."""
    years = (each for name in asked if "year" in name.split("__") for each in asked.getlist(name))
    figures = (figure.strip() for each in years for figure in each.split(","))
    return any(not (figure.isdecimal() and int(figure[:9]) in YEARS) for figure in figures)


class RegionAdminSite(AdminSite):
    site_title = "Trait d’Union"
    site_header = "Trait d’Union · agents de la Région"
    index_title = "À faire et à suivre"
    enable_nav_sidebar = False  # The lists need the width.

    def index(self, request, extra_context=None):
        """The first page opens on what waits for this agent."""
        return super().index(request, {"waiting": waiting_for(request.user), **(extra_context or {})})

    def login(self, request, extra_context=None):
        """The site's own log-in: no password, and no second form to keep. Who is logged in and is no
        agent would be sent back here for ever: the page does not exist for them.
        """
        if request.user.is_authenticated and not self.has_permission(request):
            raise Http404
        return redirect_to_login(request.GET.get("next", reverse("admin:index")), reverse("account_login"))

    def password_change(self, request, extra_context=None):
        """Nobody has a password."""
        raise Http404

    password_change_done = password_change

    def admin_view(self, view, cacheable=False):  # noqa: FBT002 - Django's own signature.
        """Every page of the admin, closed to an agent whose account has no second factor yet."""
        page = super().admin_view(view, cacheable)

        @wraps(page)
        def guarded(request, *args, **kwargs):
            if second_factor.is_missing(request.user):
                messages.info(request, "Avant d’ouvrir l’administration, activez la double vérification.")
                return redirect("mfa_activate_totp")
            if asks_an_impossible_year(request.GET):
                return redirect(
                    f"{request.path}?{ERROR_FLAG}=1"
                )  # As Django does for a filter it cannot read.
            return page(request, *args, **kwargs)

        return guarded
