from typing import TYPE_CHECKING, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.fields import WebAddressField
from core.points import generated_position
from core.rules import only_known
from territories.agents import departments_of
from trainings.geometry import within
from trainings.models.organisations import new_number
from trainings.models.trainings import Training

if TYPE_CHECKING:
    from accounts.models import User

FUNDERS = {  # LHÉO 2.3, table « financeurs », in the words that a visitor reads.
    "0": "Autre financeur",
    "2": "Région",
    "3": "Fonds social européen",
    "4": "France Travail",
    "5": "Entreprise",
    "6": "Acsé",
    "7": "Agefiph",
    "8": "Département",
    "9": "Commune",
    "10": "La personne elle-même",
    "11": "État, ministère chargé de l’emploi",
    "12": "État, Éducation nationale",
    "13": "État",
    "14": "Fonds européens",
    "15": "Autre collectivité territoriale",
    "16": "Opérateur de compétences",
    "17": "Transitions Pro",
    "18": "Ladom",
    "19": "État, ministère de l’Intérieur",
    "20": "Ofii",
}
REGION = "2"


class TeachingMode(models.TextChoices):
    ON_SITE = "on_site", "Sur place"
    MIXED = "mixed", "Sur place et à distance"
    REMOTE = "remote", "Entièrement à distance"


class TrainingActionQuerySet(models.QuerySet["TrainingAction"]):
    def current(self) -> Self:
        return self.filter(closed_at=None, training__closed_at=None)

    def within(self, km: float, x: float, y: float) -> Self:
        """Those given at most `km` from that point (Lambert-93 metres)."""
        return self.filter(within("position", km, x, y))

    def in_territory_of(self, user: "User") -> Self:
        return self.filter(commune__department__in=departments_of(user))


class TrainingAction(models.Model):
    """A training in one place, with its funders (« action de formation » in LHÉO)."""

    training = models.ForeignKey(
        Training, on_delete=models.CASCADE, related_name="actions", verbose_name="formation"
    )
    external_id = models.CharField("numéro au catalogue", max_length=80, default=new_number, editable=False)
    place_name = models.CharField("lieu", max_length=255, blank=True)
    address = models.TextField("adresse", blank=True)
    postcode = models.CharField("code postal", max_length=10, blank=True)
    town = models.CharField("ville", max_length=100, blank=True)
    other_places = models.TextField(
        "autres lieux", blank=True, help_text="Un par ligne, quand l’action en a plusieurs."
    )
    commune = models.ForeignKey(
        "territories.Commune",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="commune",
    )
    latitude = models.FloatField("latitude", null=True, blank=True)
    longitude = models.FloatField("longitude", null=True, blank=True)
    x = models.FloatField("x (Lambert-93, m)", null=True, blank=True, editable=False)
    y = models.FloatField("y (Lambert-93, m)", null=True, blank=True, editable=False)
    position = generated_position()
    is_approximate = models.BooleanField(
        "position approchée",
        default=False,
        help_text="Le centre de la commune, faute de l’adresse exacte.",
    )
    funders = ArrayField(models.CharField(max_length=2), verbose_name="financeurs", default=list, blank=True)
    is_region_funded = models.BooleanField("financée par la Région", default=False)
    funded_seats = models.IntegerField(
        "places financées par la Région", null=True, blank=True, help_text="Vide : inconnu."
    )
    has_permanent_entry = models.BooleanField("entrées permanentes", default=False)
    teaching_mode = models.CharField(
        "enseignement", max_length=10, choices=TeachingMode, default=TeachingMode.ON_SITE
    )
    pace = models.TextField("rythme", blank=True)
    conditions = models.TextField("conditions d’accès", blank=True)
    publics = ArrayField(
        models.CharField(max_length=5),
        verbose_name="publics visés (codes)",
        default=list,
        blank=True,
        help_text="Tels qu’écrits au catalogue. Leurs noms sont dans « Publics visés ».",
    )
    public_details = models.TextField("publics visés, en clair", blank=True)
    costs_may_be_covered = models.BooleanField(
        "prise en charge des frais possible", null=True, blank=True, help_text="Vide : non précisé."
    )
    costs_details = models.TextField("conditions de prise en charge", blank=True)
    disability_access = models.CharField("accès des personnes handicapées", max_length=250, blank=True)
    hours_total = models.IntegerField("heures en tout", null=True, blank=True)
    hours_in_centre = models.IntegerField("heures en centre", null=True, blank=True)
    hours_in_company = models.IntegerField("heures en entreprise", null=True, blank=True)
    url = WebAddressField("page", max_length=400, blank=True)
    phone = models.CharField("téléphone", max_length=30, blank=True)
    email = models.EmailField("adresse électronique", blank=True)
    seen_at = models.DateTimeField("dernier changement vu le", default=timezone.now, editable=False)
    closed_at = models.DateTimeField("fermée le", null=True, blank=True, editable=False)

    objects = TrainingActionQuerySet.as_manager()

    class Meta:
        verbose_name = "action de formation"
        verbose_name_plural = "actions de formation"
        ordering = ["training_id", "pk"]
        indexes = [
            GistIndex(fields=["position"], name="trainingaction_position"),
            models.Index(
                fields=["training"],
                condition=Q(is_region_funded=True, closed_at=None),
                name="trainingaction_region_funded",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="trainingaction_number_is_unique",
                fields=["training", "external_id"],
                violation_error_message="Cette formation a déjà une action de ce numéro.",
            ),
            models.CheckConstraint(
                name="trainingaction_position_is_whole",
                condition=Q(latitude=None, longitude=None, x=None, y=None)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    x__isnull=False,
                    y__isnull=False,
                ),
                violation_error_message="Une position a une latitude et une longitude.",
            ),
            models.CheckConstraint(
                name="trainingaction_hours_are_not_negative",
                condition=(Q(hours_total=None) | Q(hours_total__gte=0))
                & (Q(hours_in_centre=None) | Q(hours_in_centre__gte=0))
                & (Q(hours_in_company=None) | Q(hours_in_company__gte=0)),
                violation_error_message="Un nombre d’heures ne peut pas être négatif.",
            ),
            models.CheckConstraint(
                name="trainingaction_funded_seats_are_not_negative",
                condition=Q(funded_seats=None) | Q(funded_seats__gte=0),
                violation_error_message="Un nombre de places ne peut pas être négatif.",
            ),
            only_known("teaching_mode", TeachingMode, model="trainingaction"),
        ]

    def __str__(self) -> str:
        return f"{self.training.title}, {self.town or 'lieu non précisé'}"

    @property
    def funder_labels(self) -> list[str]:
        return [FUNDERS[code] for code in self.funders if code in FUNDERS]
