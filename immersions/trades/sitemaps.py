"""Trades that one can try or learn now, for search engines."""

from django.contrib.sitemaps import Sitemap
from django.db.models import Exists, OuterRef

from immersions.offers.models import Offer
from territories.models import Occupation
from territories.models.occupations import OccupationQuerySet
from trainings.models import Training, TrainingOccupation


class OccupationSitemap(Sitemap):
    limit = 5_000
    changefreq = "weekly"

    def items(self) -> OccupationQuerySet:
        tried = Offer.objects.open().filter(occupation=OuterRef("pk"))
        taught = TrainingOccupation.objects.filter(
            occupation=OuterRef("pk"), training__in=Training.objects.with_eligible_session()
        )
        known = Occupation.objects.filter(Exists(tried) | Exists(taught))
        return known.only("code", "title", "slug").order_by("code")
