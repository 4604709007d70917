"""Trainings that one can enter, for search engines."""

from django.contrib.sitemaps import Sitemap

from trainings.models import Training
from trainings.models.trainings import TrainingQuerySet


class TrainingSitemap(Sitemap):
    limit = 5_000
    changefreq = "daily"

    def items(self) -> TrainingQuerySet:
        return Training.objects.with_eligible_session().only("pk", "title", "seen_at").order_by("pk")

    def lastmod(self, training: Training):
        return training.seen_at
