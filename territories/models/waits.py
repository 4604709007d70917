"""What a Region chose for one waiting status; without a row, the days of the workflow's own table."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from territories.models.regions import Region

LONGEST = 120  # Days: nobody waits without end.
DAYS = [MinValueValidator(1), MaxValueValidator(LONGEST)]


class RegionWait(models.Model):
    """The steps of one wait in one Region. `territories.delays` writes it and reads it."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="waits", verbose_name="région")
    name = models.CharField("attente", max_length=40)
    first_reminder = models.PositiveSmallIntegerField(
        "premier rappel", null=True, blank=True, validators=DAYS
    )
    second_reminder = models.PositiveSmallIntegerField(
        "second rappel", null=True, blank=True, validators=DAYS
    )
    agent = models.PositiveSmallIntegerField(
        "relais (un agent, un conseiller)", null=True, blank=True, validators=DAYS
    )
    end = models.PositiveSmallIntegerField("fin", null=True, blank=True, validators=DAYS)
    end_from = models.DateField(
        "fin avancée : pas avant le",
        null=True,
        blank=True,
        editable=False,
        help_text="Qui attend est prévenu d’abord.",
    )

    class Meta:
        verbose_name = "délai d’attente"
        verbose_name_plural = "délais d’attente"
        constraints = [
            models.UniqueConstraint(
                name="regionwait_once_per_region",
                fields=["region", "name"],
                violation_error_message="Ce délai est déjà choisi pour cette région.",
            ),
            models.CheckConstraint(  # An empty step compares with nothing: it passes.
                name="regionwait_steps_follow_each_other",
                condition=Q(second_reminder__gt=F("first_reminder"))
                & Q(agent__gt=F("first_reminder"))
                & Q(end__gt=F("first_reminder"))
                & Q(agent__gte=F("second_reminder"))
                & Q(end__gt=F("second_reminder"))
                & Q(end__gt=F("agent")),
                violation_error_message="Les délais se suivent : premier rappel, second rappel, relais, fin.",
            ),
            models.CheckConstraint(
                name="regionwait_steps_are_days",
                condition=Q(first_reminder__range=(1, LONGEST))
                & Q(second_reminder__range=(1, LONGEST))
                & Q(agent__range=(1, LONGEST))
                & Q(end__range=(1, LONGEST)),
                violation_error_message=f"Un délai va de 1 à {LONGEST} jours : personne n’attend sans fin.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.region}"
