"""What search engines read: where to go, and where not to."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import Sitemap, views
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from immersions.offers.sitemaps import OfferSitemap
from immersions.trades.sitemaps import OccupationSitemap
from trainings.sitemaps import TrainingSitemap

A_DAY = 86400
PRIVATE = (
    *("/admin/", "/candidat/", "/entreprise/", "/connexion/", "/recherche/", "/demo/"),
    *("/offres.geojson", "/formations.geojson"),
)


class PageSitemap(Sitemap):
    """The pages that are always there."""

    def items(self) -> list[str]:
        return [
            "home",
            "immersions:offers",
            "trainings:trainings",
            "help",
            "contact",
            "accessibility",
            "personal_data",
            "legal_notice",
        ]

    def location(self, name: str) -> str:
        return reverse(name)


SITEMAPS: dict[str, Sitemap | type[Sitemap]] = {
    "pages": PageSitemap,
    "offres": OfferSitemap,
    "formations": TrainingSitemap,
    "metiers": OccupationSitemap,
}


@login_not_required
@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    return views.index(request, sitemaps=SITEMAPS, sitemap_url_name="sitemap_section")


@login_not_required
@require_safe
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    return views.sitemap(request, sitemaps=SITEMAPS, section=section)


@login_not_required
@require_safe
@cache_control(public=True, max_age=A_DAY)
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in PRIVATE)]
    lines += ["", f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
