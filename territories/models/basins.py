from typing import TYPE_CHECKING, Self

from django.db import models

from territories.models.agents import departments_of
from territories.models.places import Commune, CommuneQuerySet, Epci
from territories.models.regions import Region

if TYPE_CHECKING:
    from accounts.models import User


class EmploymentBasinQuerySet(models.QuerySet["EmploymentBasin"]):
    def in_territory_of(self, user: "User") -> Self:
        """The basins of the regions where `user` watches over something."""
        return self.filter(region__in=departments_of(user).values("region"))


class EmploymentBasin(models.Model):
    """Where people look for work: a set of intercommunalities, drawn in the admin."""

    name = models.CharField("nom", max_length=80)
    slug = models.SlugField("adresse", max_length=80, unique=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="basins", verbose_name="région")
    epcis = models.ManyToManyField(Epci, related_name="basins", blank=True, verbose_name="intercommunalités")

    objects = EmploymentBasinQuerySet.as_manager()

    class Meta:
        verbose_name = "bassin d’emploi"
        verbose_name_plural = "bassins d’emploi"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                name="employmentbasin_name_is_unique_in_region",
                fields=["region", "name"],
                violation_error_message="Cette région a déjà un bassin de ce nom.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def communes(self) -> CommuneQuerySet:
        return Commune.objects.filter(epci__basins=self)
