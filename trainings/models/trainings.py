import datetime as dt
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Exists, GeneratedField, OuterRef, Q
from django.utils import timezone
from django.utils.text import slugify

from core.fields import WebAddressField
from core.rules import only_known
from territories.agents import departments_of
from territories.models import Occupation
from trainings.eligibility import eligible
from trainings.geometry import within
from trainings.models.organisations import Source, TrainingOrganisation, new_number

if TYPE_CHECKING:
    from accounts.models import User

LEVELS = {  # The national framework of 2019.
    0: "Sans niveau exigé",
    1: "Niveau 1 (savoirs de base)",
    2: "Niveau 2",
    3: "Niveau 3 (CAP, BEP)",
    4: "Niveau 4 (bac)",
    5: "Niveau 5 (bac + 2)",
    6: "Niveau 6 (licence)",
    7: "Niveau 7 (master)",
    8: "Niveau 8 (doctorat)",
}


class LinkOrigin(models.TextChoices):
    CATALOGUE = "catalogue", "Catalogue"
    AGENT = "agent", "Agent"


class TrainingQuerySet(models.QuerySet["Training"]):
    def current(self) -> Self:
        """Those that the catalogue, or an agent, still shows."""
        return self.filter(closed_at=None)

    def from_catalogue(self) -> Self:
        return self.filter(source=Source.CATALOGUE)

    def leading_to(self, occupation: Occupation) -> Self:
        """Linked to `occupation` or to one of the same trade, by the catalogue or an agent."""
        links = TrainingOccupation.objects.filter(
            training=OuterRef("pk"), occupation__in=Occupation.objects.same_trade(occupation)
        )
        return self.filter(Exists(links))

    def with_eligible_session(self, today: dt.date | None = None) -> Self:
        """Those with at least one session that rule 1 counts."""
        rule = eligible(today, session="actions__sessions__", action="actions__")
        return self._having(rule)

    def within(self, km: float, x: float, y: float) -> Self:
        """Those given at most `km` from that point (Lambert-93 metres)."""
        return self._having(Q(within("actions__position", km, x, y), actions__closed_at=None))

    def in_territory_of(self, user: "User") -> Self:
        """Those given in the departments that `user` watches over, and those given nowhere yet
        by an agent's own hand."""
        here = Q(actions__commune__department__in=departments_of(user))
        unplaced = Q(source=Source.MANUAL, actions=None)
        return self._having(here | unplaced)

    def _having(self, condition: Q) -> Self:
        """Rows that meet a condition on their actions, each once."""
        return self.filter(pk__in=self.model._base_manager.filter(condition).values("pk"))

    def for_list(self) -> Self:
        """What a list row shows, in one query whatever the number of rows."""
        return self.select_related("organisation")


class Training(models.Model):
    """A course and the certification that it prepares (« formation »)."""

    title = models.CharField("intitulé", max_length=255)
    organisation = models.ForeignKey(
        TrainingOrganisation,
        on_delete=models.PROTECT,
        related_name="trainings",
        verbose_name="organisme",
    )
    source = models.CharField("origine", max_length=10, choices=Source, default=Source.MANUAL)
    external_id = models.CharField("numéro au catalogue", max_length=80, default=new_number, editable=False)
    region = models.ForeignKey(
        "territories.Region",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="catalogue de la région",
        help_text="La région dont le catalogue annonce cette formation.",
    )
    certification_title = models.CharField("certification", max_length=255, blank=True)
    rncp_code = models.CharField("fiche RNCP", max_length=12, blank=True, help_text="RNCP38511")
    rs_code = models.CharField("fiche RS", max_length=12, blank=True, help_text="RS5421")
    certifinfo_code = models.CharField("code Certif Info", max_length=12, blank=True)
    level_in = models.SmallIntegerField(
        "niveau demandé", null=True, blank=True, choices=LEVELS, help_text="Vide : non précisé."
    )
    level_out = models.SmallIntegerField(
        "niveau de sortie", null=True, blank=True, choices=LEVELS, help_text="Vide : non précisé."
    )
    objective = models.TextField("objectif", blank=True)
    content = models.TextField(
        "programme", blank=True, help_text="Nettoyé : paragraphes, listes et gras seulement."
    )
    hours_total = models.IntegerField("heures en tout", null=True, blank=True)
    hours_in_centre = models.IntegerField("heures en centre", null=True, blank=True)
    hours_in_company = models.IntegerField("heures en entreprise", null=True, blank=True)
    formacodes = ArrayField(
        models.CharField(max_length=5), verbose_name="Formacodes", default=list, blank=True
    )
    rome_codes = ArrayField(
        models.CharField(max_length=5),
        verbose_name="codes ROME annoncés",
        default=list,
        blank=True,
        help_text="Tels qu’écrits au catalogue, y compris ceux que nous ne connaissons pas.",
    )
    url = WebAddressField("page de la formation", max_length=400, blank=True)
    occupations = models.ManyToManyField(
        Occupation,
        through="trainings.TrainingOccupation",
        related_name="trainings",
        verbose_name="métiers",
    )
    blocks = models.ManyToManyField(
        "trainings.SkillBlock",
        through="trainings.TrainingBlock",
        related_name="trainings",
        verbose_name="blocs de compétences",
    )
    # Words of its two names; those of the trades are looked for in the occupations themselves.
    search = GeneratedField(
        expression=SearchVector("title", "certification_title", config="public.fr"),
        output_field=SearchVectorField(),
        db_persist=True,
        verbose_name="recherche",
    )
    seen_at = models.DateTimeField("dernier changement vu le", default=timezone.now, editable=False)
    closed_at = models.DateTimeField("fermée le", null=True, blank=True, editable=False)

    objects = TrainingQuerySet.as_manager()

    class Meta:
        verbose_name = "formation"
        verbose_name_plural = "formations"
        ordering = ["title", "pk"]
        indexes = [
            GinIndex(fields=["formacodes"], name="training_formacodes"),
            GinIndex(fields=["search"], name="training_search"),
            models.Index(fields=["title", "id"], condition=Q(closed_at=None), name="training_current"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="training_number_is_unique",
                fields=["source", "external_id"],
                violation_error_message="Une formation porte déjà ce numéro.",
            ),
            models.CheckConstraint(
                name="training_level_in_is_known",
                condition=Q(level_in=None) | Q(level_in__range=(0, 8)),
                violation_error_message="Un niveau va de 0 à 8.",
            ),
            models.CheckConstraint(
                name="training_level_out_is_known",
                condition=Q(level_out=None) | Q(level_out__range=(0, 8)),
                violation_error_message="Un niveau va de 0 à 8.",
            ),
            models.CheckConstraint(
                name="training_hours_are_not_negative",
                condition=(Q(hours_total=None) | Q(hours_total__gte=0))
                & (Q(hours_in_centre=None) | Q(hours_in_centre__gte=0))
                & (Q(hours_in_company=None) | Q(hours_in_company__gte=0)),
                violation_error_message="Un nombre d’heures ne peut pas être négatif.",
            ),
            only_known("source", Source, model="training"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its public page, promised in docs/addresses.md. A room above, which knows the immersions
        too, answers there.
        """
        return f"/formations/{self.pk}-{self.slug}/"

    @property
    def slug(self) -> str:
        return slugify(self.title)[:80].strip("-") or "formation"

    @property
    def is_from_catalogue(self) -> bool:
        return self.source == Source.CATALOGUE


class TrainingOccupation(models.Model):
    """« Cette formation mène à ce métier » : the catalogue says so, or an agent does."""

    Origin = LinkOrigin

    training = models.ForeignKey(
        Training, on_delete=models.CASCADE, related_name="links", verbose_name="formation"
    )
    occupation = models.ForeignKey(
        Occupation, on_delete=models.PROTECT, related_name="training_links", verbose_name="métier"
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
        verbose_name = "métier préparé"
        verbose_name_plural = "métiers préparés"
        ordering = ["occupation_id"]
        constraints = [
            models.UniqueConstraint(
                name="trainingoccupation_is_unique",
                fields=["training", "occupation"],
                violation_error_message="Cette formation mène déjà à ce métier.",
            ),
            only_known("origin", LinkOrigin, model="trainingoccupation"),
        ]

    def __str__(self) -> str:
        return f"{self.training_id} → {self.occupation_id}"
