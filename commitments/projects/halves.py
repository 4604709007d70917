"""The two halves of a commitment, and the legal minimum that the first one must pay."""

import datetime as dt
from decimal import Decimal

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from commitments.projects.models import Commitment
from immersions.offers.models import Contract
from territories.models import Occupation
from trainings.models import Session, Training

SIX_MONTHS = 6
# A training leads to an occupation of the same trade (rule 1), or an agent has permitted that one.
LEADS_TO = """
IF NEW.written_at IS NOT NULL AND NOT EXISTS (
    SELECT 1
    FROM trainings_session s
    JOIN trainings_trainingaction a ON a.id = s.action_id
    WHERE s.id = NEW.session_id AND a.training_id = NEW.allowed_training_id
) AND NOT EXISTS (
    SELECT 1
    FROM trainings_session s
    JOIN trainings_trainingaction a ON a.id = s.action_id
    JOIN trainings_trainingoccupation l ON l.training_id = a.training_id
    JOIN territories_occupation taught ON taught.code = l.occupation_id
    JOIN commitments_hiringpromise p ON p.commitment_id = NEW.commitment_id
    JOIN territories_occupation wanted ON wanted.code = p.occupation_id
    WHERE s.id = NEW.session_id
    AND COALESCE(NULLIF(taught.parent_code, ''), taught.code)
      = COALESCE(NULLIF(wanted.parent_code, ''), wanted.code)
) THEN
    RAISE EXCEPTION 'trainingpledge_leads_to_the_occupation' USING ERRCODE = '23514';
END IF;
RETURN NEW;
"""


class FixedTermReason(models.TextChoices):
    """Why a contract may have an end: the lawful cases (articles L.1242-2, L.1242-3, L.1251-6)."""

    REPLACEMENT = "replacement", "Remplacement d’une personne absente"
    INCREASE = "increase", "Accroissement temporaire d’activité"
    HIRING_POLICY = "hiring_policy", "Mesure pour l’emploi (contrat aidé, insertion)"
    TRAINING = "training", "Complément de formation assuré par l’employeur"
    USAGE = "usage", "Emploi d’usage dans le secteur"


class Condition(models.TextChoices):
    """What may suspend the promise: a closed list, never the company's satisfaction."""

    COMPLETED = "completed", "Suivre la formation jusqu’au bout"
    CERTIFIED = "certified", "Obtenir la certification"
    LICENCE = "licence", "Avoir le permis ou l’habilitation que la loi exige"
    FITNESS = "fitness", "Être apte, quand la loi exige un avis médical"


class Carrier(models.TextChoices):
    """Who is the legal employer, when it is not the company itself."""

    NONE = "", "L’entreprise elle-même"
    GEIQ = "geiq", "Un GEIQ"
    GROUP = "group", "Un groupement d’employeurs"
    AGENCY = "agency", "Une agence d’intérim"


class HiringPromise(models.Model):
    """The company's half: a *promesse unilatérale de contrat de travail*.

    `written_at` says that it is whole; the constraints bear on a whole one only.
    """

    commitment = models.OneToOneField(
        Commitment, on_delete=models.CASCADE, related_name="promise", verbose_name="projet"
    )
    occupation = models.ForeignKey(
        Occupation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="métier"
    )
    job_title = models.CharField("poste", max_length=120, blank=True)
    place = models.CharField("lieu de travail", max_length=200, blank=True)
    contract = models.CharField("contrat", max_length=12, choices=Contract, blank=True)
    months = models.PositiveSmallIntegerField("durée (mois)", null=True, blank=True)
    fixed_term_reason = models.CharField("motif", max_length=15, choices=FixedTermReason, blank=True)
    within_months = models.PositiveSmallIntegerField(
        "missions réparties sur (mois)", null=True, blank=True, help_text="Intérim : 9 au plus."
    )
    hours_weekly = models.DecimalField(
        "heures par semaine", max_digits=4, decimal_places=2, null=True, blank=True
    )
    pay_gross_monthly = models.DecimalField(
        "salaire brut mensuel (€)", max_digits=8, decimal_places=2, null=True, blank=True
    )
    legal_minimum_monthly = models.DecimalField(
        "minimum légal pour ces heures (€)",
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        editable=False,
    )
    conditions = ArrayField(
        models.CharField(max_length=10, choices=Condition),
        verbose_name="conditions",
        default=list,
        blank=True,
    )
    certification = models.CharField("certification attendue", max_length=255, blank=True)
    licence = models.CharField("permis ou habilitation", max_length=120, blank=True)
    steps = ArrayField(
        models.CharField(max_length=12),
        verbose_name="pages écrites",
        default=list,
        blank=True,
        editable=False,
    )
    carrier = models.CharField("employeur", max_length=8, choices=Carrier, blank=True)
    carrier_name = models.CharField("nom de l’employeur", max_length=200, blank=True)
    carrier_siret = models.CharField("SIRET de l’employeur", max_length=14, blank=True)
    signatory_name = models.CharField("signe pour l’employeur", max_length=160, blank=True)
    signatory_email = models.EmailField("son adresse", blank=True)
    written_at = models.DateTimeField("écrite le", null=True, blank=True, editable=False)
    written_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="par"
    )

    class Meta:
        verbose_name = "promesse d’embauche"
        verbose_name_plural = "promesses d’embauche"
        constraints = [
            models.CheckConstraint(
                name="hiringpromise_is_whole",
                condition=Q(written_at=None)
                | (
                    Q(
                        occupation__isnull=False,
                        hours_weekly__isnull=False,
                        pay_gross_monthly__isnull=False,
                        legal_minimum_monthly__isnull=False,
                        contract__in=Contract.values,
                    )
                    & ~Q(job_title="")
                    & ~Q(place="")
                    & ~Q(signatory_name="")
                    & ~Q(signatory_email="")
                ),
                violation_error_message="Il manque encore des réponses à cette promesse.",
            ),
            models.CheckConstraint(
                name="hiringpromise_lasts_six_months",
                condition=Q(written_at=None)
                | Q(contract="cdi", months=None)
                | Q(months__isnull=False, months__gte=SIX_MONTHS),  # Unknown passes no check by itself.
                violation_error_message="Le contrat promis est un CDI, ou dure au moins 6 mois.",
            ),
            models.CheckConstraint(
                name="hiringpromise_fixed_term_has_its_reason",
                condition=Q(written_at=None) | ~Q(contract__in=["cdd", "interim"]) | ~Q(fixed_term_reason=""),
                violation_error_message="Un contrat à durée déterminée a un motif prévu par la loi.",
            ),
            models.CheckConstraint(
                name="hiringpromise_missions_within_nine_months",
                condition=Q(written_at=None)
                | ~Q(contract="interim")
                | Q(
                    months__isnull=False,
                    within_months__isnull=False,
                    within_months__gte=F("months"),
                    within_months__lte=9,
                ),
                violation_error_message="Les missions font 6 mois au moins, sur 9 mois au plus.",
            ),
            models.CheckConstraint(
                name="hiringpromise_pays_the_legal_minimum",
                condition=Q(pay_gross_monthly=None)
                | Q(legal_minimum_monthly=None)
                | Q(pay_gross_monthly__gte=F("legal_minimum_monthly")),
                violation_error_message="Ce salaire est sous le minimum légal.",
            ),
            models.CheckConstraint(
                name="hiringpromise_conditions_are_known",
                condition=Q(conditions__contained_by=Condition.values),
                violation_error_message="Cette condition n’est pas permise.",
            ),
            models.CheckConstraint(
                name="hiringpromise_carrier_is_named",
                condition=Q(carrier="")
                | (
                    Q(carrier__in=["geiq", "group", "agency"], carrier_siret__regex=r"^[0-9]{14}$")
                    & ~Q(carrier_name="")
                ),
                violation_error_message="Dites qui est l’employeur, avec son SIRET.",
            ),
        ]

    def __str__(self) -> str:
        return f"promesse {self.pk}"


class TrainingPledge(models.Model):
    """The candidate's half: one named session, that they pledge to follow. It carries no penalty."""

    commitment = models.OneToOneField(
        Commitment, on_delete=models.CASCADE, related_name="pledge", verbose_name="projet"
    )
    session = models.ForeignKey(
        Session,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="pledges",
        verbose_name="session",
    )
    starts_on = models.DateField("premier jour", null=True, blank=True, help_text="Copié de la session.")
    ends_on = models.DateField("dernier jour", null=True, blank=True, help_text="Copié de la session.")
    distance_km = models.DecimalField("distance (km)", max_digits=5, decimal_places=1, null=True, blank=True)
    allowed_training = models.ForeignKey(
        Training,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="formation permise",
        help_text="Elle ne mène pas au métier : un agent l’a permise.",
    )
    exception_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="permise par",
    )
    exception_reason = models.TextField("parce que", blank=True, max_length=600)
    written_at = models.DateTimeField("écrit le", null=True, blank=True, editable=False)
    written_on = models.DateField("le", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "engagement de formation"
        verbose_name_plural = "engagements de formation"
        constraints = [
            models.CheckConstraint(
                name="trainingpledge_names_a_session",
                condition=Q(written_at=None) | Q(session__isnull=False),
                violation_error_message="Choisissez une session.",
            ),
            models.CheckConstraint(
                name="trainingpledge_session_is_to_come",
                condition=Q(written_on=None) | Q(starts_on=None) | Q(starts_on__gt=F("written_on")),
                violation_error_message="Cette session a déjà commencé : choisissez-en une autre.",
            ),
            models.CheckConstraint(
                name="trainingpledge_exception_says_why",
                condition=Q(exception_by=None, allowed_training=None, exception_reason="")
                | (Q(exception_by__isnull=False, allowed_training__isnull=False) & ~Q(exception_reason="")),
                violation_error_message="Dites pourquoi cette formation est permise.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="trainingpledge_leads_to_the_occupation",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=LEADS_TO,
            )
        ]

    def __str__(self) -> str:
        return f"engagement {self.pk}"


class LegalMinimum(models.Model):
    """The lowest lawful pay for one hour, gross, from a day on (SMIC, article L.3231-2 ff.)."""

    contract = models.CharField(
        "contrat", max_length=12, choices=Contract, blank=True, help_text="Vide : tous, sauf règle propre."
    )
    valid_from = models.DateField("à partir du")
    hourly_gross = models.DecimalField("brut de l’heure (€)", max_digits=5, decimal_places=2)
    source = models.CharField("texte", max_length=200)

    class Meta:
        verbose_name = "salaire minimum"
        verbose_name_plural = "salaires minimums"
        ordering = ["contract", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                name="legalminimum_once_a_day",
                fields=["contract", "valid_from"],
                violation_error_message="Ce minimum est déjà écrit pour ce jour.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hourly_gross} € de l’heure"

    def monthly(self, hours_weekly: Decimal) -> Decimal:
        """For these hours: 52 weeks in 12 months, rounded to the cent (L.3242-1)."""
        return (self.hourly_gross * hours_weekly * 52 / 12).quantize(Decimal("0.01"))

    @staticmethod
    def on(day: dt.date, contract: str = "") -> "LegalMinimum | None":
        """The one in force on `day`: that of the contract if it has its own, else the common one."""
        return LegalMinimum.of(contract, LegalMinimum.all_on(day))

    @staticmethod
    def all_on(day: dt.date) -> "dict[str, LegalMinimum]":
        """Those in force on `day`, for many promises at once."""
        rows = LegalMinimum.objects.filter(valid_from__lte=day).order_by("valid_from")
        return {row.contract: row for row in rows}

    @staticmethod
    def of(contract: str, known: "dict[str, LegalMinimum]") -> "LegalMinimum | None":
        return known.get(contract) or known.get("")
