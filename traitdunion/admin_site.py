"""The admin of the region agents: one logs in through the site, by code."""

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.urls import reverse


class RegionAdminSite(AdminSite):
    site_title = "Trait d’Union"
    site_header = "Trait d’Union · agents de la Région"
    index_title = "À faire et à suivre"

    def login(self, request, extra_context=None):
        """The site's own log-in: no password, and no second form to keep."""
        return redirect_to_login(
            request.GET.get("next", reverse("admin:index")), reverse("account_login")
        )
