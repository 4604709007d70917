import re
from typing import TYPE_CHECKING, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q

from territories.colours import INK, PAPER, READABLE, contrast

if TYPE_CHECKING:
    from accounts.models import User

A_COLOUR = re.compile(r"#[0-9a-f]{6}")
COLOUR = RegexValidator(r"^#[0-9a-f]{6}$", "Une couleur s’écrit #4a2a6b, en minuscules.")


class Region(models.Model):
    """A Region that runs the programme: its look and its delays are data, not code."""

    code = models.CharField("code INSEE", max_length=3, primary_key=True)
    name = models.CharField("nom", max_length=80, unique=True)
    slug = models.SlugField("adresse", max_length=80, unique=True)
    accent_color = models.CharField(
        "couleur principale",
        max_length=7,
        default="#4a2a6b",
        validators=[COLOUR],
        help_text="Celle des boutons et des liens. Elle doit se lire sur un fond clair.",
    )
    highlight_color = models.CharField(
        "couleur de mise en valeur",
        max_length=7,
        default="#f2a900",
        validators=[COLOUR],
        help_text="Celle du trait d’union. Un texte foncé doit se lire dessus.",
    )
    publication_radius_km = models.PositiveSmallIntegerField(
        "distance entre l’immersion et la formation (km)",
        default=60,
        validators=[MinValueValidator(1), MaxValueValidator(300)],
        help_text="Une offre se publie si une formation financée existe à cette distance au plus.",
    )
    booking_notice_working_days = models.PositiveSmallIntegerField(
        "délai avant un créneau avec convention (jours ouvrés)",
        default=5,
        validators=[MaxValueValidator(30)],
    )
    answer_first_reminder_days = models.PositiveSmallIntegerField(
        "premier rappel à l’entreprise (jours)",
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
    )
    answer_second_reminder_days = models.PositiveSmallIntegerField(
        "second rappel à l’entreprise (jours)",
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    answer_agent_days = models.PositiveSmallIntegerField(
        "tâche confiée à un agent (jours)", default=8, validators=[MaxValueValidator(60)]
    )
    answer_days = models.PositiveSmallIntegerField(
        "fin d’une candidature sans réponse (jours)", default=10, validators=[MaxValueValidator(60)]
    )
    agreement_first_reminder_days = models.PositiveSmallIntegerField(
        "premier rappel de convention (jours avant le début)",
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
    )
    agreement_second_reminder_days = models.PositiveSmallIntegerField(
        "second rappel de convention (jours avant le début)",
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
    )
    sheet_days = models.PositiveSmallIntegerField(
        "fiche pratique (jours avant le début)",
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(15)],
    )
    report_reminder_days = models.PositiveSmallIntegerField(
        "rappel du bilan (jours après la fin)",
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
    )
    report_agent_days = models.PositiveSmallIntegerField(
        "dernier rappel du bilan et tâche d’agent (jours après la fin)",
        default=10,
        validators=[MaxValueValidator(60)],
    )
    contact_email = models.EmailField("adresse de contact", blank=True)
    phone = models.CharField("téléphone", max_length=20, blank=True)
    is_open = models.BooleanField("ouverte", default=False)

    class Meta:
        verbose_name = "région"
        verbose_name_plural = "régions"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="region_answer_delays_follow_each_other",
                condition=Q(
                    answer_first_reminder_days__gte=1,
                    answer_second_reminder_days__gt=F("answer_first_reminder_days"),
                    answer_agent_days__gt=F("answer_second_reminder_days"),
                    answer_days__gt=F("answer_agent_days"),
                ),
                violation_error_message=(
                    "Les délais se suivent : premier rappel, second rappel, agent, fin."
                ),
            ),
            models.CheckConstraint(
                name="region_stay_delays_follow_each_other",
                condition=Q(
                    agreement_second_reminder_days__gte=1,
                    agreement_first_reminder_days__gt=F("agreement_second_reminder_days"),
                    report_reminder_days__gte=1,
                    report_agent_days__gt=F("report_reminder_days"),
                ),
                violation_error_message="Les délais se suivent : un premier rappel, puis un second.",
            ),
            models.CheckConstraint(
                name="region_delays_have_an_end",
                condition=Q(
                    booking_notice_working_days__lte=30,
                    answer_days__lte=60,
                    agreement_first_reminder_days__lte=30,
                    sheet_days__range=(1, 15),
                    report_agent_days__lte=60,
                ),
                violation_error_message="Un de ces délais est trop long : personne n’attend sans fin.",
            ),
            models.CheckConstraint(
                name="region_publication_radius_is_positive",
                condition=Q(publication_radius_km__gte=1),
                violation_error_message="La distance est d’au moins 1 km.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        errors = {}
        if not _is_readable(self.accent_color, PAPER):
            errors["accent_color"] = "Cette couleur est trop pâle pour se lire sur un fond clair."
        if not _is_readable(self.highlight_color, INK):
            errors["highlight_color"] = "Un texte foncé ne se lirait pas sur cette couleur."
        if errors:
            raise ValidationError(errors)


class RegionDelaysQuerySet(models.QuerySet["RegionDelays"]):
    def in_territory_of(self, user: "User") -> Self:
        """Those of the Regions of one's own departments."""
        if user.is_superuser:
            return self
        from territories.models.agents import departments_of

        return self.filter(pk__in=departments_of(user).values("region"))


class RegionDelays(Region):
    """The delays of a Region, apart from what only superusers change: its name, look and opening."""

    objects = RegionDelaysQuerySet.as_manager()

    class Meta:
        proxy = True
        verbose_name = "délais d’une région"
        verbose_name_plural = "délais des régions"


def _is_readable(colour: str, other: str) -> bool:
    """Something that is not a colour is the validator's business."""
    return not A_COLOUR.fullmatch(colour) or contrast(colour, other) >= READABLE
