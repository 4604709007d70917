"""Which block teaches which skill of an occupation's observation grid."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from immersions.stays.grids import grid_of


class TaughtSkill(models.Model):
    """« Ce bloc apprend cette compétence » : an agent says so, or a file that they import.

    The skill is kept in its words, as an observation keeps it: grids change, people keep what they have shown.
    """

    occupation = models.ForeignKey(
        "territories.Occupation", on_delete=models.CASCADE, related_name="+", verbose_name="métier"
    )
    skill = models.CharField(
        "compétence", max_length=150, help_text="Les mots exacts de la grille du métier."
    )
    block = models.ForeignKey(
        "trainings.SkillBlock",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name="bloc de compétences",
    )

    class Meta:
        verbose_name = "compétence apprise par un bloc"
        verbose_name_plural = "compétences apprises par les blocs"
        ordering = ["occupation", "block", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="taughtskill_is_unique",
                fields=["occupation", "skill", "block"],
                violation_error_message="Ce bloc apprend déjà cette compétence.",
            ),
            models.CheckConstraint(
                name="taughtskill_names_a_skill",
                condition=~Q(skill=""),
                violation_error_message="Il manque la compétence.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.skill} → {self.block_id}"

    def clean(self) -> None:
        if self.occupation_id and self.skill not in grid_of(self.occupation_id):
            raise ValidationError({"skill": "Cette compétence n’est pas dans la grille de ce métier."})
