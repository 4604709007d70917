"""After the training: what its result does not say, the contract as one side declares it, its missions."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User
from accounts.roles import CANDIDATE
from commitments.contracts.months import Period
from commitments.contracts.queries import ContractQuerySet
from commitments.contracts.workflow import FINAL, OPEN, YOURS, ContractStatus
from commitments.projects.halves import Carrier, Condition
from commitments.projects.models import Commitment
from core.models import Event, Stateful
from core.rules import only_known
from immersions.offers.models import Contract as Kind


class Shortfall(models.TextChoices):
    """Why a contract is recorded as not kept."""

    TOO_SHORT = "too_short", "Il dure moins de 6 mois"
    SHORTER = "shorter", "Il dure moins que ce qui est promis"
    KIND = "kind", "Ce n’est pas la sorte de contrat promise"
    PAY = "pay", "Le salaire est plus bas que promis"
    HOURS = "hours", "Il y a moins d’heures que promis"
    LATE = "late", "Il commence après la date promise"


class DisputeReason(models.TextChoices):
    """Why a candidate says that it is not so: a closed list, counted."""

    NOT_SIGNED = "not_signed", "Je n’ai rien signé"
    NOT_STARTED = "not_started", "Je n’ai pas commencé"
    KIND = "kind", "Ce n’est pas ce contrat"
    DATES = "dates", "Les dates ne sont pas celles-là"
    PAY = "pay", "Le salaire ou les heures ne sont pas ceux-là"
    OTHER = "other", "Autre raison"


class ConditionCheck(models.Model):
    """A condition that the training's result does not say: a document, a date, and who says it."""

    commitment = models.ForeignKey(
        Commitment, on_delete=models.CASCADE, related_name="checks", verbose_name="projet"
    )
    condition = models.CharField("condition", max_length=10, choices=Condition)
    is_met = models.BooleanField("remplie", null=True, blank=True)
    document = models.CharField("document", max_length=120, blank=True)
    dated = models.DateField("daté du", null=True, blank=True)
    said_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="dit par"
    )
    said_as = models.CharField("en tant que", max_length=20, blank=True)
    said_at = models.DateTimeField("dit le", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "condition à confirmer"
        verbose_name_plural = "conditions à confirmer"
        ordering = ["pk"]
        constraints = [
            only_known("condition", Condition, model="conditioncheck"),
            models.UniqueConstraint(
                name="conditioncheck_once",
                fields=["commitment", "condition"],
                violation_error_message="Cette condition est déjà à confirmer.",
            ),
            models.CheckConstraint(
                name="conditioncheck_met_has_its_document",
                condition=Q(is_met=None)
                | (Q(said_at__isnull=False) & (Q(is_met=False) | (~Q(document="") & Q(dated__isnull=False)))),
                violation_error_message="Dites quel document, et sa date.",
            ),
        ]

    def __str__(self) -> str:
        return f"condition {self.pk}"


class Contract(Stateful):
    """« Contrat »: the facts as the company declares them. A correction is another row: all are kept."""

    commitment = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, related_name="contracts", verbose_name="projet"
    )
    status = models.CharField("état", max_length=12, choices=ContractStatus, default=ContractStatus.DECLARED)
    is_outside_promise = models.BooleanField(
        "hors promesse",
        default=False,
        help_text="Embauche alors que les conditions n’étaient pas remplies : comptée à part.",
    )
    kind = models.CharField("contrat", max_length=12, choices=Kind)
    starts_on = models.DateField("premier jour")
    ends_on = models.DateField("dernier jour", null=True, blank=True, help_text="Vide pour un CDI.")
    hours_weekly = models.DecimalField("heures par semaine", max_digits=4, decimal_places=2)
    pay_gross_monthly = models.DecimalField("salaire brut mensuel (€)", max_digits=8, decimal_places=2)
    carrier = models.CharField("employeur", max_length=8, choices=Carrier, blank=True)
    carrier_name = models.CharField("nom de l’employeur", max_length=200, blank=True)
    carrier_siret = models.CharField("SIRET de l’employeur", max_length=14, blank=True)
    reference = models.CharField("référence du contrat", max_length=80, blank=True)
    is_kept = models.BooleanField("promesse tenue", default=False, editable=False)
    why_not_kept = ArrayField(
        models.CharField(max_length=12, choices=Shortfall),
        verbose_name="parce que",
        default=list,
        blank=True,
        editable=False,
    )
    declared_at = models.DateTimeField("déclaré le", default=timezone.now, editable=False)
    declared_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="déclaré par"
    )
    answered_at = models.DateTimeField("réponse le", null=True, blank=True, editable=False)
    dispute_reason = models.CharField("contesté", max_length=12, choices=DisputeReason, blank=True)
    dispute_words = models.TextField("version du candidat", max_length=600, blank=True)

    objects = ContractQuerySet.as_manager()

    class Meta:
        verbose_name = "contrat"
        ordering = ["-declared_at", "-pk"]
        indexes = [models.Index("status", "waiting_since", name="contract_waiting")]
        constraints = [
            only_known("status", ContractStatus, model="contract"),
            only_known("kind", Kind, model="contract"),
            models.CheckConstraint(
                name="contract_end_follows_its_kind",
                condition=Q(kind="cdi", ends_on=None) | (~Q(kind="cdi") & Q(ends_on__isnull=False)),
                violation_error_message="Un CDI n’a pas de dernier jour ; les autres contrats en ont un.",
            ),
            models.CheckConstraint(
                name="contract_ends_after_it_starts",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="Le dernier jour vient après le premier.",
            ),
            models.CheckConstraint(
                name="contract_hours_and_pay_are_possible",
                condition=Q(hours_weekly__gt=0, hours_weekly__lte=48, pay_gross_monthly__gt=0),
                violation_error_message="Écrivez des heures (48 par semaine au plus) et un salaire.",
            ),
            models.CheckConstraint(
                name="contract_carrier_is_named",
                condition=Q(carrier="", carrier_name="", carrier_siret="")
                | (
                    Q(carrier__in=["geiq", "group", "agency"], carrier_siret__regex=r"^[0-9]{14}$")
                    & ~Q(carrier_name="")
                ),
                violation_error_message="Dites qui est l’employeur, avec son SIRET.",
            ),
            models.CheckConstraint(
                name="contract_not_kept_says_why",
                condition=Q(is_kept=True, why_not_kept=[]) | (Q(is_kept=False) & ~Q(why_not_kept=[])),
                violation_error_message="Un contrat qui ne tient pas la promesse dit pourquoi.",
            ),
            models.CheckConstraint(
                name="contract_dispute_says_why",
                condition=~Q(status="disputed") | Q(dispute_reason__in=DisputeReason.values),
                violation_error_message="Dites ce qui ne va pas.",
            ),
            models.UniqueConstraint(
                name="contract_one_open",
                fields=["commitment"],
                condition=Q(status__in=OPEN),
                violation_error_message="Un contrat attend déjà une réponse.",
            ),
            models.UniqueConstraint(
                name="contract_one_final",
                fields=["commitment"],
                condition=Q(status__in=FINAL),
                violation_error_message="Un contrat est déjà enregistré pour ce projet.",
            ),
        ]

    def status_for(self, role: str) -> str:
        yours = YOURS.get(ContractStatus(self.status)) if role == CANDIDATE else None
        return yours or str(self.get_status_display())

    def __str__(self) -> str:
        return f"contrat {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_final(self) -> bool:
        return self.status in FINAL

    @property
    def reasons(self) -> list[str]:
        """Why it is not kept, as one reads it."""
        return [str(Shortfall(it).label) for it in self.why_not_kept]

    @property
    def shortfall(self) -> str:
        """The same in one sentence: « Il dure moins de 6 mois ; le salaire est plus bas que promis »."""
        first, *others = self.reasons or [""]
        return " ; ".join([first, *(it[0].lower() + it[1:] for it in others)])


class Mission(models.Model):
    """One temp mission. They are added up: six months within nine."""

    contract = models.ForeignKey(
        Contract, on_delete=models.CASCADE, related_name="missions", verbose_name="contrat"
    )
    starts_on = models.DateField("premier jour")
    ends_on = models.DateField("dernier jour")
    said_at = models.DateTimeField("déclarée le", default=timezone.now, editable=False)
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="par")

    class Meta:
        verbose_name = "mission"
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="mission_ends_after_it_starts",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="Le dernier jour vient après le premier.",
            ),
            models.UniqueConstraint(
                name="mission_once",
                fields=["contract", "starts_on", "ends_on"],
                violation_error_message="Cette mission est déjà déclarée.",
            ),
        ]

    def __str__(self) -> str:
        return f"mission {self.pk}"

    @property
    def period(self) -> Period:
        return self.starts_on, self.ends_on


class ContractEvent(Event):
    """One line in the life of a declared contract."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="events")

    class Meta(Event.Meta):
        abstract = False
        verbose_name = "événement de contrat"
