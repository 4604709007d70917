"""Open offers, for search engines."""

import datetime as dt

from django.contrib.sitemaps import Sitemap
from django.db.models import Max

from immersions.offers.models import Offer
from immersions.offers.queries import OfferQuerySet


class OfferSitemap(Sitemap):
    limit = 5_000  # The protocol allows 50,000; a smaller file is made faster.
    changefreq = "daily"

    def items(self) -> OfferQuerySet:
        return Offer.objects.open().only("pk", "title", "published_at").order_by("pk")

    def lastmod(self, offer: Offer) -> dt.datetime | None:
        return offer.published_at

    def get_latest_lastmod(self) -> dt.datetime | None:
        """Asked of the database: the library would read every offer."""
        return self.items().aggregate(last=Max("published_at"))["last"]
