from typing import Self

from django.db import models


class TargetPublicQuerySet(models.QuerySet["TargetPublic"]):
    def named(self) -> Self:
        """Those that a visitor can read."""
        return self.exclude(name="")


class TargetPublic(models.Model):
    """For whom a catalogue says that an action is given: a code of its list, and our own words for it."""

    code = models.CharField("code Formacode", max_length=5, primary_key=True)
    name = models.CharField(
        "en clair",
        max_length=120,
        blank=True,
        help_text="Ce que lit un visiteur, par exemple « Demandeurs d’emploi ». Vide : le code n’est pas montré.",
    )
    is_priority = models.BooleanField(
        "public prioritaire", default=False, help_text="Dit sur la page des formations qui le visent."
    )

    objects = TargetPublicQuerySet.as_manager()

    class Meta:
        verbose_name = "public visé"
        verbose_name_plural = "publics visés"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name or self.code
