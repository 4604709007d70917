import re
from decimal import Decimal
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


def _days(
    label: str, *, default: int, most: int, least: int | None = 1
) -> "models.PositiveSmallIntegerField[int, int]":
    """A delay of the Region, within bounds."""
    bounds = [] if least is None else [MinValueValidator(least)]
    return models.PositiveSmallIntegerField(
        label, default=default, validators=[*bounds, MaxValueValidator(most)]
    )


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
    booking_notice_working_days = _days(
        "délai avant un créneau avec convention (jours ouvrés)", default=5, most=30, least=None
    )
    agreement_first_reminder_days = _days(
        "premier rappel de convention (jours avant le début)", default=5, most=30
    )
    agreement_second_reminder_days = _days(
        "second rappel de convention (jours avant le début)", default=2, most=30
    )
    sheet_days = _days("fiche pratique (jours avant le début)", default=3, most=15)
    proposal_first_reminder_days = _days(
        "premier rappel d’un projet à signer (jours avant sa date limite)", default=7, most=60
    )
    proposal_agent_days = _days("tâche confiée à un agent (jours avant la date limite)", default=4, most=60)
    proposal_second_reminder_days = _days(
        "second rappel d’un projet à signer (jours avant sa date limite)", default=2, most=60
    )
    check_in_from_days = _days("un point d’étape, au milieu, dès (jours de formation)", default=9, most=365)
    check_in_twice_from_days = _days(
        "deux points d’étape, au tiers et aux deux tiers, dès (jours de formation)", default=123, most=730
    )
    internship_notice_days = _days("rappel d’un stage (jours avant son premier jour)", default=7, most=30)
    travel_euros_a_km = models.DecimalField(
        "coût d’un kilomètre en voiture (€)",
        max_digits=4,
        decimal_places=3,
        default=Decimal("0.2"),
        validators=[MinValueValidator(Decimal("0.01")), MaxValueValidator(2)],
        help_text="Carburant et usure d’une petite voiture : un ordre de grandeur, annoncé comme tel.",
    )
    travel_km_an_hour = models.PositiveSmallIntegerField(
        "vitesse moyenne en voiture (km/h)",
        default=50,
        validators=[MinValueValidator(10), MaxValueValidator(130)],
    )
    travel_detour = models.DecimalField(
        "longueur de la route pour un kilomètre à vol d’oiseau (km)",
        max_digits=3,
        decimal_places=2,
        default=Decimal("1.3"),
        validators=[MinValueValidator(1), MaxValueValidator(3)],
        help_text="Une route n’est pas droite : environ 1,3 en plaine, davantage en montagne.",
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
                name="region_stay_delays_follow_each_other",
                condition=Q(
                    agreement_second_reminder_days__gte=1,
                    agreement_first_reminder_days__gt=F("agreement_second_reminder_days"),
                ),
                violation_error_message="Les délais se suivent : un premier rappel, puis un second.",
            ),
            models.CheckConstraint(
                name="region_delays_have_an_end",
                condition=Q(
                    booking_notice_working_days__lte=30,
                    agreement_first_reminder_days__lte=30,
                    sheet_days__range=(1, 15),
                ),
                violation_error_message="Un de ces délais est trop long : personne n’attend sans fin.",
            ),
            models.CheckConstraint(
                name="region_proposal_delays_follow_each_other",
                condition=Q(
                    proposal_first_reminder_days__lte=60,
                    proposal_first_reminder_days__gt=F("proposal_agent_days"),
                    proposal_agent_days__gt=F("proposal_second_reminder_days"),
                    proposal_second_reminder_days__gte=1,
                ),
                violation_error_message=(
                    "Avant la date limite d’un projet viennent un premier rappel, un agent, puis un second rappel."
                ),
            ),
            models.CheckConstraint(
                name="region_check_ins_follow_each_other",
                condition=Q(
                    check_in_from_days__gte=1,
                    check_in_twice_from_days__gt=F("check_in_from_days"),
                    check_in_twice_from_days__lte=730,
                    internship_notice_days__range=(1, 30),
                ),
                violation_error_message=(
                    "Deux points d’étape sont pour une formation plus longue qu’un seul ; un stage se rappelle de "
                    "1 à 30 jours avant."
                ),
            ),
            models.CheckConstraint(
                name="region_travel_makes_sense",
                condition=Q(
                    travel_euros_a_km__range=(Decimal("0.01"), 2),
                    travel_km_an_hour__range=(10, 130),
                    travel_detour__range=(1, 3),
                ),
                violation_error_message=(
                    "Un trajet en voiture coûte de 0,01 à 2 € le kilomètre, à une vitesse de 10 à 130 km/h ; "
                    "la route fait 1 à 3 fois le vol d’oiseau."
                ),
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
