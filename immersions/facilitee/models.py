"""An agreement made on Immersion Facilitée: what we keep of it."""

import secrets
from typing import Self

from django.db import models
from django.db.models import Q

from accounts.models import User
from core.rules import only_known
from immersions.applications.models import Application
from territories.agents import departments_of


class Source(models.TextChoices):
    API = "api", "Lue sur Immersion Facilitée"
    TYPED = "typed", "Confirmée par la structure"


def pdf_name(agreement: "ExternalAgreement", name: str) -> str:
    """Nothing of what the sender typed: a random name."""
    return f"external/{secrets.token_urlsafe(16)}.pdf"


class ExternalAgreementQuerySet(models.QuerySet):
    def in_territory_of(self, user: User) -> Self:
        return self.filter(application__offer__commune__department__in=departments_of(user))


class ExternalAgreement(models.Model):
    """Same gate as one made here: confirmed, the immersion is."""

    application = models.OneToOneField(
        Application, on_delete=models.CASCADE, related_name="external_agreement", verbose_name="candidature"
    )
    number = models.CharField("numéro", max_length=60)
    status = models.CharField(
        "état là-bas", max_length=60, blank=True, help_text="Dans les mots d’Immersion Facilitée."
    )
    pdf = models.FileField("document", upload_to=pdf_name, blank=True, max_length=120)
    source = models.CharField("source", max_length=10, choices=Source, default=Source.TYPED)
    recorded_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name="écrite par"
    )
    confirmed_by = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="confirmée par",
    )
    confirmed_at = models.DateTimeField("confirmée le", null=True, blank=True)

    objects = ExternalAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = "convention d’Immersion Facilitée"
        verbose_name_plural = "conventions d’Immersion Facilitée"
        constraints = [
            only_known("source", Source, model="external_agreement"),
            models.CheckConstraint(
                name="external_agreement_typed_says_who",
                condition=~Q(source="typed") | Q(confirmed_at=None) | Q(confirmed_by__isnull=False),
                violation_error_message="Une convention confirmée à la main dit par qui.",
            ),
            models.UniqueConstraint(
                name="external_agreement_number_once",
                fields=["number"],
                violation_error_message="Ce numéro est déjà celui d’une autre immersion.",
            ),
        ]

    def __str__(self) -> str:
        return f"convention {self.number}"
