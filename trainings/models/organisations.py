import uuid
from typing import Self

from django.db import models
from django.db.models import Func, Q
from django.db.models.functions import Lower

from accounts.models import User, WithMembersQuerySet
from core.fields import WebAddressField
from core.rules import only_known
from territories.agents import departments_of
from territories.text import plain


class Source(models.TextChoices):
    CATALOGUE = "catalogue", "Catalogue régional"
    MANUAL = "manual", "Saisie par un agent"


def new_number() -> str:
    """A number of our own, for what no catalogue numbers."""
    return f"TU-{uuid.uuid4().hex[:12]}"


class TrainingOrganisationQuerySet(WithMembersQuerySet["TrainingOrganisation"]):
    def in_territory_of(self, user: User) -> Self:
        """Those that train in the departments that `user` watches over, or nowhere yet."""
        there = Q(trainings__actions__commune__department__in=departments_of(user)) | Q(trainings=None)
        return self.filter(pk__in=self.model.objects.filter(there).values("pk"))

    def named(self, text: str) -> Self:
        """Those of that SIRET, of that SIREN, of that declaration of activity, or whose name holds
        every word of `text`.
        """
        digits = "".join(text.split())
        if len(digits) in (9, 11, 14) and digits.isascii() and digits.isdigit():
            return self.filter(Q(activity_number=digits) | Q(siret__startswith=digits))
        words = plain(text).split()
        if not words:
            return self.none()
        found = self.alias(plain_name=Lower(Func("name", function="public.immutable_unaccent")))
        for word in words:
            found = found.filter(plain_name__contains=word)
        return found


class TrainingOrganisation(models.Model):
    """Who answers for a training (« organisme de formation »), as the catalogue names it."""

    organisation = models.OneToOneField(
        "accounts.Organisation",
        on_delete=models.PROTECT,
        related_name="training_organisation",
        null=True,
        blank=True,
        verbose_name="compte de l’organisme",
        help_text="L’entité légale dont les membres se connectent ici.",
    )
    name = models.CharField("nom", max_length=255)
    siret = models.CharField("SIRET", max_length=14, blank=True)
    activity_number = models.CharField("numéro de déclaration d’activité", max_length=11, blank=True)
    email = models.EmailField("adresse électronique", blank=True)
    phone = models.CharField("téléphone", max_length=30, blank=True)
    website = WebAddressField("site", max_length=400, blank=True)
    requests_email = models.EmailField(
        "adresse pour les demandes de place",
        blank=True,
        help_text="Dite par l’organisme : aucun import ne la change.",
    )
    requests_phone = models.CharField("téléphone pour les demandes", max_length=30, blank=True)
    source = models.CharField("origine", max_length=10, choices=Source, default=Source.MANUAL)
    external_id = models.CharField("numéro", max_length=80, default=new_number, editable=False)

    objects = TrainingOrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "organisme de formation"
        verbose_name_plural = "organismes de formation"
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["siret"], name="trainingorganisation_siret")]
        constraints = [
            models.UniqueConstraint(
                name="trainingorganisation_number_is_unique",
                fields=["source", "external_id"],
                violation_error_message="Cet organisme existe déjà.",
            ),
            models.CheckConstraint(
                name="trainingorganisation_siret_has_14_digits",
                condition=Q(siret="") | Q(siret__regex=r"^\d{14}$"),
                violation_error_message="Un SIRET compte 14 chiffres.",
            ),
            only_known("source", Source, model="trainingorganisation"),
        ]

    def __str__(self) -> str:
        return self.name

    def confirmed_members(self) -> models.QuerySet[User]:
        """Those who receive messages about people."""
        return User.objects.confirmed_in(self.organisation_id)
