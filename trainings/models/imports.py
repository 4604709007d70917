from django.db import models
from django.utils import timezone


class CatalogueImport(models.Model):
    """One import of a catalogue that was written for good, and what it found."""

    file_name = models.CharField("fichier", max_length=255)
    region = models.ForeignKey(
        "territories.Region",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="région",
    )
    at = models.DateTimeField("le", default=timezone.now)
    report = models.JSONField("compte rendu", default=dict)

    class Meta:
        verbose_name = "import du catalogue"
        verbose_name_plural = "imports du catalogue"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"import {self.pk}"
