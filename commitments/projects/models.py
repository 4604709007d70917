"""A commitment. Its two halves: `commitments.projects.halves`; texts and signatures: `….texts`."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.roles import CANDIDATE, COMPANY
from candidates.models import Candidate
from commitments.projects.exits import ENDED, Situation
from commitments.projects.queries import CommitmentQuerySet
from commitments.projects.workflow import (
    HOLDS_POST,
    LIVE,
    NO_ANSWER_LABEL,
    OPEN,
    YOUR_NO_ANSWER,
    YOURS,
    CommitmentStatus,
)
from companies.models import Company
from core import archive
from core.models import Event, Stateful
from core.rules import only_known
from immersions.applications.models import Application
from immersions.offers.models import Offer


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
    proposed_on = models.DateField("jour de la proposition", default=timezone.localdate, editable=False)
    expires_on = models.DateField("à signer au plus tard le")
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
    training_starts_on = models.DateField(
        "début de la formation", null=True, blank=True, help_text="Copié de la session promise."
    )
    sponsor_name = models.CharField("parrain, marraine ou tuteur", max_length=120, blank=True)
    sponsor_contact = models.CharField("comment lui parler", max_length=160, blank=True)
    end_reason = models.CharField("raison", max_length=20, choices=EndReason, blank=True)
    end_words = models.TextField("en quelques mots", blank=True, max_length=600)
    ended_by = models.CharField("du fait de", max_length=20, blank=True)
    exit_type = models.CharField("situation à la sortie", max_length=15, choices=Situation, blank=True)
    exit_said_by = models.CharField(
        "dite par", max_length=20, blank=True, help_text="« system » : déduite de la fin, pas dite."
    )

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
                name="commitment_sealed_before_the_training",
                condition=Q(sealed_on=None)
                | Q(training_starts_on=None)
                | Q(training_starts_on__gt=F("sealed_on")),
                violation_error_message="Cette session a déjà commencé : choisissez-en une autre.",
            ),
            models.CheckConstraint(
                name="commitment_expires_after_it_is_proposed",
                condition=Q(expires_on__gt=F("proposed_on")),
                violation_error_message="La date limite vient après aujourd’hui.",
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
            models.CheckConstraint(
                name="commitment_end_has_its_exit",
                condition=~Q(status__in=ENDED) | (Q(exit_type__in=Situation.values) & ~Q(exit_said_by="")),
                violation_error_message=(
                    "Dites ce que devient la personne : un parcours ne se clôt pas sans cela."
                ),
            ),
        ]

    def get_status_display(self) -> str:  # type: ignore[no-redef]
        return NO_ANSWER_LABEL if self.is_unanswered else str(CommitmentStatus(self.status).label)

    def status_for(self, role: str) -> str:
        if self.is_unanswered and role == CANDIDATE:
            return YOUR_NO_ANSWER
        return YOURS.get(role, {}).get(CommitmentStatus(self.status)) or self.get_status_display()

    @property
    def is_unanswered(self) -> bool:
        """The promised contract waited for a yes or a no, and neither came."""
        return self.status == CommitmentStatus.DECLINED and self.end_reason == EndReason.NO_ANSWER

    def __str__(self) -> str:
        return f"projet {self.pk}"

    @property
    def is_live(self) -> bool:
        return self.status in LIVE

    @property
    def is_archived(self) -> bool:
        """Over for so long that only agents read it (`CommitmentQuerySet.at_hand`)."""
        return self.status not in OPEN and self.status_since < archive.closed_before()

    @property
    def department_code(self) -> str:
        """Where its agents are."""
        return self.offer.department_code


class CommitmentEvent(Event):
    """One line in the life of a commitment."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="events")
    from_status = models.CharField("de", max_length=25, blank=True)  # « withdrawn_by_candidate » is long.
    to_status = models.CharField("à", max_length=25)

    class Meta(Event.Meta):
        abstract = False
        verbose_name = "événement de projet"
