import datetime as dt
import secrets

from django.conf import settings
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


LARGEST_FILE = 80 * 1024 * 1024
ENDINGS = (".xml", ".xml.gz", ".gz")


def file_name(laid_down: "CatalogueFile", name: str) -> str:
    """Nothing of what the sender typed."""
    return f"catalogues/{secrets.token_urlsafe(16)}.{'gz' if name.lower().endswith('.gz') else 'xml'}"


class CatalogueFile(models.Model):
    """A catalogue laid down in the administration: tried out by a worker, read, then imported for good."""

    INTERRUPTED_AFTER = dt.timedelta(minutes=30)

    file = models.FileField("fichier", upload_to=file_name, blank=True, help_text="LHÉO 2.3, .xml ou .xml.gz")
    file_name = models.CharField("nom du fichier", max_length=255, editable=False)
    region = models.ForeignKey(
        "territories.Region",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="région",
        help_text="Le fichier est tout son catalogue : ce qui n’y est plus se ferme.",
    )
    laid_down_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name="déposé par",
    )
    laid_down_at = models.DateTimeField("déposé le", default=timezone.now, editable=False)
    tried_at = models.DateTimeField("essayé le", null=True, blank=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
        verbose_name="confirmé par",
    )
    confirmed_at = models.DateTimeField("confirmé le", null=True, blank=True, editable=False)
    imported = models.OneToOneField(
        CatalogueImport,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
        verbose_name="import",
    )
    error = models.TextField("refusé parce que", blank=True, editable=False)
    report = models.JSONField("compte rendu de l’essai", default=dict, editable=False)

    class Meta:
        verbose_name = "fichier de catalogue"
        verbose_name_plural = "fichiers de catalogue : déposer, essayer, importer"
        ordering = ["-laid_down_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="cataloguefile_confirmed_says_who_after_the_trial",
                condition=models.Q(
                    confirmed_at__isnull=True, confirmed_by__isnull=True, imported__isnull=True
                )
                | models.Q(confirmed_at__isnull=False, confirmed_by__isnull=False, tried_at__isnull=False),
                violation_error_message="Un fichier s’importe après son essai, et l’on sait qui l’a voulu.",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name or f"fichier {self.pk}"

    @property
    def waits(self) -> bool:
        """A worker has it, or will."""
        return not self.error and (
            self.tried_at is None or (self.confirmed_at is not None and not self.imported_id)
        )

    @property
    def is_interrupted(self) -> bool:
        since = self.confirmed_at or self.laid_down_at
        return self.waits and since < timezone.now() - self.INTERRUPTED_AFTER

    @property
    def may_be_confirmed(self) -> bool:
        return self.tried_at is not None and not self.error and not self.imported_id and bool(self.file)
