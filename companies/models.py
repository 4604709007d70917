"""Companies and the places where their people work."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import Organisation, User, WithMembersQuerySet
from core.fields import WebAddressField
from territories.models.agents import departments_of


class CompanyQuerySet(WithMembersQuerySet["Company"]):
    def in_territory_of(self, user: User) -> Self:
        """Companies whose people work in the departments that `user` watches over."""
        if user.is_superuser:
            return self
        there = Workplace.objects.filter(company=OuterRef("pk"), commune__department__in=departments_of(user))
        return self.filter(Exists(there))


class Company(models.Model):
    """An employer who hosts, as the public sees it. The legal entity holds SIRET and members."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, related_name="company", verbose_name="entité légale"
    )
    name = models.CharField("nom affiché", max_length=200)
    description = models.TextField("présentation", blank=True, max_length=1500)
    website = WebAddressField("site web", blank=True)
    is_trusted = models.BooleanField(
        "de confiance", default=False, help_text="Ses offres paraissent sans modération."
    )
    created_at = models.DateTimeField("créée le", default=timezone.now)

    objects = CompanyQuerySet.as_manager()

    class Meta:
        verbose_name = "entreprise"
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def slug(self) -> str:
        return slugify(self.name)[:60] or "entreprise"

    def confirmed_members(self) -> models.QuerySet[User]:
        """Those who receive messages about people."""
        return User.objects.confirmed_in(self.organisation_id)


class WorkplaceQuerySet(models.QuerySet["Workplace"]):
    def in_territory_of(self, user: User) -> Self:
        if user.is_superuser:
            return self
        return self.filter(commune__department__in=departments_of(user))


class Workplace(models.Model):
    """Where one works: an address, its commune, and its position."""

    company = models.ForeignKey(
        Company, on_delete=models.CASCADE, related_name="workplaces", verbose_name="entreprise"
    )
    name = models.CharField("nom du lieu", max_length=120, blank=True)
    address = models.CharField("adresse", max_length=200, blank=True)
    postcode = models.CharField("code postal", max_length=5)
    commune = models.ForeignKey(
        "territories.Commune", on_delete=models.PROTECT, related_name="+", verbose_name="commune"
    )
    latitude = models.FloatField("latitude")
    longitude = models.FloatField("longitude")
    x = models.FloatField("x (Lambert-93, m)")
    y = models.FloatField("y (Lambert-93, m)")
    is_approximate = models.BooleanField(
        "position approchée", default=False, help_text="Le centre de la commune, ou moins précis."
    )

    objects = WorkplaceQuerySet.as_manager()

    class Meta:
        verbose_name = "lieu de travail"
        verbose_name_plural = "lieux de travail"

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.name, self.address, str(self.commune)]))
