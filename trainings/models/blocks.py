"""Blocks of competence: the parts of a certification that one may learn and obtain one by one."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.rules import only_known
from territories.text import plain
from trainings.models.trainings import LinkOrigin, Training

CODE = r"^[A-Z0-9][A-Z0-9-]{2,39}$"
SHORTEST = 3  # Letters: « de », « la » are in every title.


class SkillBlockQuerySet(models.QuerySet["SkillBlock"]):
    def named(self, typed: str) -> list["SkillBlock"]:
        """That of this code, else those whose title holds each of these words."""
        code = typed.strip().upper()
        words = Q(pk__in=[])
        if long_enough := [word for word in plain(typed).split() if len(word) >= SHORTEST]:
            words = Q()
            for word in long_enough:
                words &= Q(title__unaccent__icontains=word)
        found: list[SkillBlock] = list(self.filter(Q(code=code) | words))
        exact = [block for block in found if block.code == code]
        return exact or found

    def taught_by(self, training: Training) -> Self:
        """Those that one learns there, in the order of their codes."""
        return self.filter(links__training=training).order_by("code")


class SkillBlock(models.Model):
    """One part of a certification (« bloc de compétences »), by the number of France Compétences."""

    code = models.CharField("code", max_length=40, unique=True, help_text="RNCP35190BC01")
    title = models.CharField("intitulé", max_length=500)
    certification = models.CharField(
        "fiche", max_length=12, blank=True, help_text="La fiche RNCP ou RS dont ce bloc fait partie."
    )

    objects = SkillBlockQuerySet.as_manager()

    class Meta:
        verbose_name = "bloc de compétences"
        verbose_name_plural = "blocs de compétences"
        ordering = ["code"]
        indexes = [models.Index(fields=["certification"], name="skillblock_certification")]
        constraints = [
            models.CheckConstraint(
                name="skillblock_code_is_a_code",
                condition=Q(code__regex=CODE),
                violation_error_message="Un code de bloc s’écrit en capitales et en chiffres : RNCP35190BC01.",
            ),
            models.CheckConstraint(
                name="skillblock_has_a_title",
                condition=~Q(title=""),
                violation_error_message="Un bloc a un intitulé.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.code})"


class TrainingBlock(models.Model):
    """« Cette formation enseigne ce bloc » : the catalogue says so, or an agent does."""

    Origin = LinkOrigin

    training = models.ForeignKey(
        Training, on_delete=models.CASCADE, related_name="block_links", verbose_name="formation"
    )
    block = models.ForeignKey(
        SkillBlock, on_delete=models.PROTECT, related_name="links", verbose_name="bloc de compétences"
    )
    origin = models.CharField("origine", max_length=10, choices=LinkOrigin, default=LinkOrigin.AGENT)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="fait par",
    )

    class Meta:
        verbose_name = "bloc enseigné"
        verbose_name_plural = "blocs enseignés"
        ordering = ["block_id"]
        constraints = [
            models.UniqueConstraint(
                name="trainingblock_is_unique",
                fields=["training", "block"],
                violation_error_message="Cette formation enseigne déjà ce bloc.",
            ),
            only_known("origin", LinkOrigin, model="trainingblock"),
        ]

    def __str__(self) -> str:
        return f"{self.training_id} → {self.block_id}"
