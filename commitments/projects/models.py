"""A commitment and its two halves. Their texts, versions and signatures: `commitments.projects.texts`."""

import datetime as dt
import uuid
from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User
from accounts.roles import CANDIDATE, COMPANY
from candidates.models import Candidate
from commitments.projects.queries import CommitmentQuerySet
from commitments.projects.workflow import HOLDS_POST, LIVE, CommitmentStatus
from companies.models import Company
from core.models import Event, Stateful
from core.rules import only_known
from immersions.applications.models import Application
from immersions.offers.models import Contract, Offer
from territories.models import Occupation
from trainings.models import Session

SIX_MONTHS = 6


class Side(models.TextChoices):
    """Who writes and signs a half; the same names as the roles."""

    CANDIDATE = CANDIDATE, "Candidat"
    COMPANY = COMPANY, "Entreprise"


class EndReason(models.TextChoices):
    """Why a project stopped: a closed list, counted. Each side has its own (`…_REASONS`)."""

    # The candidate's.
    OTHER_JOB = "other_job", "J’ai trouvé un autre emploi"
    OTHER_TRAINING = "other_training", "Je suis une autre formation"
    CHANGED_MIND = "changed_mind", "Ce métier ne m’attire plus"
    INCOME = "income", "Je ne peux pas vivre pendant la formation"
    TRAVEL = "travel", "Le trajet ou la garde des enfants n’est pas possible"
    PERSONAL = "personal", "Un empêchement personnel"
    # The company's.
    ACTIVITY = "activity", "L’activité a baissé"
    POST_FILLED = "post_filled", "Le poste est pourvu"
    POST_CUT = "post_cut", "Le poste est supprimé"
    COMPANY_CLOSES = "company_closes", "L’entreprise ferme ou déménage"
    # The organisation's.
    ABSENCES = "absences", "Absences trop nombreuses"
    TOO_HARD = "too_hard", "La formation ne convenait pas"
    # The session's.
    SESSION_CANCELLED = "session_cancelled", "La session est annulée"
    NOT_ADMITTED = "not_admitted", "Aucune place dans une session qui convienne"
    NOT_ELIGIBLE = "not_eligible", "Le projet de formation n’est pas validé"
    # Nobody's.
    TOO_LATE = "too_late", "La date limite est passée"
    NO_ANSWER = "no_answer", "Aucune réponse"
    OTHER_PROJECT = "other_project", "Un autre projet est signé"
    # Good ends.
    READY = "ready", "L’entreprise embauche sans attendre la fin"
    OTHER = "other", "Autre raison"


CANDIDATE_REASONS = (
    EndReason.OTHER_JOB,
    EndReason.OTHER_TRAINING,
    EndReason.CHANGED_MIND,
    EndReason.INCOME,
    EndReason.TRAVEL,
    EndReason.PERSONAL,
    EndReason.OTHER,
)
COMPANY_REASONS = (
    EndReason.ACTIVITY,
    EndReason.POST_FILLED,
    EndReason.POST_CUT,
    EndReason.COMPANY_CLOSES,
    EndReason.OTHER,
)


class Commitment(Stateful):
    """« Projet emploi-formation »: a hiring promise and a training pledge, signed as one act."""

    uid = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="commitments", verbose_name="immersion"
    )
    candidate = models.ForeignKey(
        Candidate, on_delete=models.PROTECT, related_name="commitments", verbose_name="candidat"
    )
    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, related_name="commitments", verbose_name="entreprise"
    )
    offer = models.ForeignKey(
        Offer, on_delete=models.PROTECT, related_name="commitments", verbose_name="offre"
    )
    status = models.CharField(
        "état", max_length=25, choices=CommitmentStatus, default=CommitmentStatus.PROPOSED
    )
    proposed_by = models.CharField("proposé par", max_length=10, choices=Side)
    proposed_at = models.DateTimeField("proposé le", default=timezone.now, editable=False)
    expires_on = models.DateField("à signer avant le")
    sealed_on = models.DateField("scellé le", null=True, blank=True, editable=False)
    starts_by = models.DateField(
        "embauche au plus tard le",
        null=True,
        blank=True,
        help_text="L’embauche est le premier jour ouvré après la formation, au plus tard ce jour-là.",
    )
    training_ends_on = models.DateField(
        "fin de la formation", null=True, blank=True, help_text="Copiée de la session promise."
    )
    post_number = models.PositiveSmallIntegerField("poste n°", null=True, blank=True, editable=False)
    posts = models.PositiveSmallIntegerField(
        "sur", null=True, blank=True, editable=False, help_text="Les postes de l’offre, à la signature."
    )
    sponsor_name = models.CharField("parrain, marraine ou tuteur", max_length=120, blank=True)
    sponsor_contact = models.CharField("comment lui parler", max_length=160, blank=True)
    end_reason = models.CharField("raison", max_length=20, choices=EndReason, blank=True)
    end_words = models.TextField("en quelques mots", blank=True, max_length=600)
    ended_by = models.CharField("du fait de", max_length=20, blank=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = "projet emploi-formation"
        verbose_name_plural = "projets emploi-formation"
        ordering = ["-proposed_at", "-pk"]
        indexes = [
            models.Index("status", "waiting_since", name="commitment_waiting"),
            models.Index("expires_on", name="commitment_proposed", condition=Q(status="proposed")),
        ]
        constraints = [
            only_known("status", CommitmentStatus, model="commitment"),
            only_known("proposed_by", Side, model="commitment"),
            models.CheckConstraint(
                name="commitment_reason_is_known",
                condition=Q(end_reason__in=["", *EndReason.values]),
                violation_error_message="Cette raison n’existe pas.",
            ),
            models.UniqueConstraint(
                name="commitment_one_live_per_candidate",
                fields=["candidate"],
                condition=Q(status__in=LIVE),
                violation_error_message=(
                    "Cette personne a déjà un projet signé. Il faut d’abord clore l’autre."
                ),
            ),
            models.UniqueConstraint(
                name="commitment_one_open_per_application",
                fields=["application"],
                condition=Q(status__in=["proposed", *LIVE]),
                violation_error_message="Un projet est déjà ouvert après cette immersion.",
            ),
            models.UniqueConstraint(
                name="commitment_one_post_each",
                fields=["offer", "post_number"],
                condition=Q(status__in=HOLDS_POST),
                violation_error_message="Ce poste est déjà promis.",
            ),
            models.CheckConstraint(
                name="commitment_takes_one_of_the_posts",
                condition=Q(post_number=None) | Q(post_number__gte=1, post_number__lte=F("posts")),
                violation_error_message="Tous les postes de cette offre sont déjà promis.",
            ),
            models.CheckConstraint(
                name="commitment_starts_after_the_training",
                condition=Q(starts_by=None)
                | Q(training_ends_on=None)
                | Q(starts_by__gt=F("training_ends_on")),
                violation_error_message="L’embauche vient après la fin de la formation.",
            ),
            models.CheckConstraint(
                name="commitment_sealed_in_time",
                condition=Q(sealed_on=None) | Q(sealed_on__lte=F("expires_on")),
                violation_error_message="La date limite pour signer est passée.",
            ),
            models.CheckConstraint(
                name="commitment_live_is_sealed",
                condition=~Q(status__in=HOLDS_POST) | Q(sealed_on__isnull=False, post_number__isnull=False),
                violation_error_message="Un projet signé a une date et un poste.",
            ),
            models.CheckConstraint(
                name="commitment_end_has_its_reason",
                condition=~Q(
                    status__in=[
                        "expired",
                        "hired_early",
                        "broken_by_company",
                        "withdrawn_by_candidate",
                        "declined",
                        "dropped_out",
                        "no_seat",
                    ]
                )
                | (~Q(end_reason="") & ~Q(ended_by="")),
                violation_error_message="Dites pourquoi le projet s’arrête.",
            ),
        ]

    def __str__(self) -> str:
        return f"projet {self.pk}"

    @property
    def is_live(self) -> bool:
        return self.status in LIVE

    @property
    def department_code(self) -> str:
        """Where its agents are."""
        return self.offer.department_code


class CommitmentEvent(Event):
    """One line in the life of a commitment."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="events")

    class Meta(Event.Meta):
        abstract = False
        verbose_name = "événement de projet"


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
                condition=Q(written_at=None) | Q(contract="cdi", months=None) | Q(months__gte=SIX_MONTHS),
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
                | Q(within_months__gte=F("months"), within_months__lte=9),
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
    exception_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="permise par",
        help_text="Cette formation ne mène pas au métier : un agent l’a permise.",
    )
    exception_reason = models.TextField("parce que", blank=True, max_length=600)
    written_at = models.DateTimeField("écrit le", null=True, blank=True, editable=False)

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
                name="trainingpledge_exception_says_why",
                condition=Q(exception_by=None, exception_reason="")
                | (Q(exception_by__isnull=False) & ~Q(exception_reason="")),
                violation_error_message="Dites pourquoi cette formation est permise.",
            ),
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
        rows = LegalMinimum.objects.filter(valid_from__lte=day, contract__in=["", contract])
        return rows.order_by("-contract", "-valid_from").first()
