from typing import Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F

from territories.models.regions import Region
from territories.text import plain


class Department(models.Model):
    code = models.CharField("code", max_length=3, primary_key=True)
    name = models.CharField("nom", max_length=80)
    slug = models.SlugField("adresse", max_length=80, unique=True)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="departments", verbose_name="région"
    )

    class Meta:
        verbose_name = "département"
        verbose_name_plural = "départements"
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class Epci(models.Model):
    """An intercommunality, known by its SIREN."""

    code = models.CharField("SIREN", max_length=9, primary_key=True)
    name = models.CharField("nom", max_length=150)

    class Meta:
        verbose_name = "intercommunalité"
        verbose_name_plural = "intercommunalités"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class CommuneQuerySet(models.QuerySet["Commune"]):
    def search(self, text: str) -> Self:
        """Communes whose name holds `text`: the same name first, then its beginning, then size."""
        words = plain(text)
        if not words:
            return self.none()
        return (
            self.filter(search_name__contains=words)
            .annotate(
                rank=models.Case(
                    models.When(search_name=words, then=0),
                    models.When(search_name__startswith=words, then=1),
                    models.When(search_name__contains=f" {words}", then=2),
                    default=3,
                )
            )
            .order_by("rank", F("population").desc(), "code")
        )

    def within(self, km: float, x: float, y: float) -> Self:
        """Communes whose centre is at most `km` from that point (Lambert-93 metres)."""
        metres = km * 1000
        return (
            self.filter(x__range=(x - metres, x + metres), y__range=(y - metres, y + metres))
            .alias(square=(F("x") - x) * (F("x") - x) + (F("y") - y) * (F("y") - y))
            .filter(square__lte=metres * metres)
        )

    def for_list(self) -> Self:
        """What a suggestion shows, in two queries."""
        return self.select_related("department").prefetch_related("postcodes")


class Commune(models.Model):
    """A commune of today. Its INSEE code is the key: a postcode or a name is often shared."""

    code = models.CharField("code INSEE", max_length=5, primary_key=True)
    name = models.CharField("nom", max_length=80)
    search_name = models.CharField("nom sans accents", max_length=80, editable=False)
    slug = models.SlugField("adresse", max_length=90)
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="communes", verbose_name="département"
    )
    epci = models.ForeignKey(
        Epci,
        on_delete=models.SET_NULL,
        related_name="communes",
        null=True,
        blank=True,
        verbose_name="intercommunalité",
    )
    population = models.PositiveIntegerField("habitants", default=0)
    latitude = models.FloatField("latitude")
    longitude = models.FloatField("longitude")
    x = models.FloatField("x (Lambert-93, m)", editable=False)
    y = models.FloatField("y (Lambert-93, m)", editable=False)
    is_approximate = models.BooleanField(
        "position approchée",
        default=False,
        help_text="Déduite des communes voisines, faute de mieux.",
    )

    objects = CommuneQuerySet.as_manager()

    class Meta:
        verbose_name = "commune"
        verbose_name_plural = "communes"
        ordering = ["search_name", "code"]
        indexes = [
            GinIndex(
                OpClass("search_name", name="gin_trgm_ops"),
                name="commune_search_name_trigrams",
                fastupdate=False,
            ),
            models.Index(fields=["search_name", "code"], name="commune_search_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.department_id})"


class CommunePostcode(models.Model):
    """One commune may have several postcodes, and one postcode serves up to 46 communes."""

    commune = models.ForeignKey(
        Commune, on_delete=models.CASCADE, related_name="postcodes", verbose_name="commune"
    )
    postcode = models.CharField("code postal", max_length=5, db_index=True)

    class Meta:
        verbose_name = "code postal"
        verbose_name_plural = "codes postaux"
        ordering = ["postcode"]
        constraints = [
            models.UniqueConstraint(
                name="communepostcode_is_unique",
                fields=["commune", "postcode"],
                violation_error_message="Cette commune a déjà ce code postal.",
            )
        ]

    def __str__(self) -> str:
        return self.postcode


class FormerCommune(models.Model):
    """A code of yesterday (merged, delegated or renumbered commune) and the commune of today."""

    code = models.CharField("ancien code INSEE", max_length=5, primary_key=True)
    name = models.CharField("ancien nom", max_length=80, blank=True)
    search_name = models.CharField("nom sans accents", max_length=80, editable=False, blank=True)
    commune = models.ForeignKey(
        Commune, on_delete=models.CASCADE, related_name="former", verbose_name="commune"
    )

    class Meta:
        verbose_name = "ancienne commune"
        verbose_name_plural = "anciennes communes"
        ordering = ["code"]
        indexes = [models.Index(fields=["search_name"], name="formercommune_search_name")]

    def __str__(self) -> str:
        return f"{self.name or self.code} → {self.commune_id}"
