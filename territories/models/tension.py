"""Trades for which companies struggle to hire: a figure that has a source and a year."""

from django.db import models
from django.db.models import F, Q


class OccupationTension(models.Model):
    """In how many basins hiring is hard or very hard for one ROME code, of any generation."""

    code = models.CharField("code ROME", max_length=5, primary_key=True)
    tense_areas = models.PositiveSmallIntegerField("bassins en tension")
    areas = models.PositiveSmallIntegerField("bassins observés")
    year = models.PositiveSmallIntegerField("année des données")
    source = models.CharField("source", max_length=120)

    class Meta:
        verbose_name = "tension d’un métier"
        verbose_name_plural = "tensions des métiers"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="occupationtension_areas_are_among_those_observed",
                condition=Q(areas__gte=1, tense_areas__lte=F("areas")),
                violation_error_message="Les bassins en tension sont parmi les bassins observés.",
            ),
            models.CheckConstraint(
                name="occupationtension_says_its_source",
                condition=~Q(source=""),
                violation_error_message="Une tension dit d’où elle vient.",
            ),
        ]

    def __str__(self) -> str:
        return f"tension {self.code}"

    @property
    def is_tense(self) -> bool:
        """In half of the basins observed at least."""
        return self.tense_areas * 2 >= self.areas
