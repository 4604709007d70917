"""A seat in a session: asked for, validated, admitted, entered, finished."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from candidates.models import Candidate
from commitments.projects.models import Commitment
from commitments.seats.queries import SeatRequestQuerySet, ValidationQuerySet
from commitments.seats.workflow import LIVE, ProjectStatus, SeatStatus
from core.models import Event, Stateful
from core.rules import only_known
from territories.models import Department
from trainings.models import Session, TrainingOrganisation


class RefusalReason(models.TextChoices):
    """Why an organisation says no: a closed list, counted."""

    FULL = "full", "La session est complète"
    PREREQUISITES = "prerequisites", "Un prérequis manque"
    NOT_PUBLIC = "not_public", "La session est prévue pour un autre public"
    TEST = "test", "Les tests d’entrée ne sont pas réussis"
    SESSION_CANCELLED = "session_cancelled", "La session est annulée"
    OTHER = "other", "Autre raison"


class Result(models.TextChoices):
    CERTIFIED = "certified", "Certification obtenue"
    PARTLY = "partly", "Obtenue en partie (blocs)"
    NOT_CERTIFIED = "not_certified", "Non obtenue"
    NONE_EXPECTED = "none_expected", "Formation suivie, sans certification prévue"


class LeaveReason(models.TextChoices):
    """Why a training stopped before its end."""

    JOB = "job", "Un emploi trouvé"
    HEALTH = "health", "Empêchement personnel"
    ABSENCES = "absences", "Absences trop nombreuses"
    NOT_FOR_ME = "not_for_me", "La formation ne convenait pas"
    INCOME = "income", "Ressources insuffisantes"
    TRAVEL = "travel", "Trajet ou garde d’enfants"
    NO_NEWS = "no_news", "Aucune nouvelle"
    CANCELLED = "cancelled", "La session est annulée"
    OTHER = "other", "Autre raison"


class Income(models.TextChoices):
    """What one lives on during the training, as the advisor has checked it."""

    REGION = "region", "Rémunération de la Région"
    UNEMPLOYMENT = "unemployment", "Allocation de France Travail (ARE, AREF)"
    END_OF_TRAINING = "end_of_training", "Allocation de France Travail jusqu’au bout (RFF)"
    BENEFITS = "benefits", "RSA, AAH ou autre allocation"
    YOUTH = "youth", "Contrat d’engagement jeune"
    EMPLOYER = "employer", "Salaire versé par un employeur"
    NONE = "none", "Aucun revenu, en connaissance de cause"
    OTHER = "other", "Autre, précisé ci-dessous"


class NotValidatedReason(models.TextChoices):
    """Why an advisor does not validate the project: a closed list, counted."""

    NOT_ELIGIBLE = "not_eligible", "Une condition d’entrée manque"
    INCOME = "income", "Il n’y a pas de quoi vivre pendant la formation"
    OTHER_PATH = "other_path", "Une autre formation convient mieux"
    NOT_READY = "not_ready", "Le projet demande encore du travail"
    OTHER = "other", "Autre raison"


class SeatRequest(Stateful):
    """« Je voudrais une place. » One live request per candidate and session.

    `holds_seat` is true as long as one of the session's seats is this person's: it goes with
    `trainings.seats.take_seat()` and `give_seat_back()`, in the same transaction, and only there
    (`commitments.seats.holding`).
    """

    candidate = models.ForeignKey(
        Candidate, on_delete=models.PROTECT, related_name="seat_requests", verbose_name="candidat"
    )
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="seat_requests", verbose_name="session"
    )
    commitment = models.ForeignKey(
        Commitment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="seat_requests",
        verbose_name="projet",
        help_text="Vide : la personne demande une place sans promesse d’embauche.",
    )
    status = models.CharField("état", max_length=12, choices=SeatStatus, default=SeatStatus.REQUESTED)
    holds_seat = models.BooleanField("tient une place", default=False, editable=False)
    requested_at = models.DateTimeField("demandée le", default=timezone.now, editable=False)
    answered_at = models.DateTimeField("réponse le", null=True, blank=True, editable=False)
    waitlisted_at = models.DateTimeField("en liste d’attente depuis", null=True, blank=True, editable=False)
    refusal_reason = models.CharField("refus", max_length=20, choices=RefusalReason, blank=True)
    entered_on = models.DateField("entrée le", null=True, blank=True)
    left_on = models.DateField("sortie le", null=True, blank=True)
    leave_reason = models.CharField("arrêt", max_length=12, choices=LeaveReason, blank=True)
    result = models.CharField("résultat", max_length=15, choices=Result, blank=True)
    words = models.TextField("en quelques mots", blank=True, max_length=600)
    told_starts_on = models.DateField(
        "premier jour annoncé", null=True, blank=True, editable=False, help_text="Ce que la personne en sait."
    )
    told_ends_on = models.DateField("dernier jour annoncé", null=True, blank=True, editable=False)
    told_gone = models.BooleanField("sait que la session n’est plus annoncée", default=False, editable=False)

    objects = SeatRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "demande de place"
        verbose_name_plural = "demandes de place"
        ordering = ["-requested_at", "-pk"]
        indexes = [
            models.Index("session", "status", name="seatrequest_session_status"),
            models.Index("status", "waiting_since", name="seatrequest_waiting"),
        ]
        constraints = [
            only_known("status", SeatStatus, model="seatrequest"),
            models.UniqueConstraint(
                name="seatrequest_one_live_per_session",
                fields=["candidate", "session"],
                condition=Q(status__in=LIVE),
                violation_error_message="Une place est déjà demandée dans cette session.",
            ),
            models.UniqueConstraint(
                name="seatrequest_one_live_per_commitment",
                fields=["commitment"],
                condition=Q(status__in=LIVE, commitment__isnull=False),
                violation_error_message="Ce projet a déjà une demande de place.",
            ),
            models.CheckConstraint(
                name="seatrequest_admitted_holds_a_seat",
                condition=~Q(status__in=["admitted", "entered", "finished"]) | Q(holds_seat=True),
                violation_error_message="Une personne admise tient une place.",
            ),
            models.CheckConstraint(
                name="seatrequest_ended_holds_no_seat",
                condition=~Q(status__in=["waitlisted", "refused", "withdrawn", "released", "lapsed"])
                | Q(holds_seat=False),
                violation_error_message="Une demande close rend sa place.",
            ),
            models.CheckConstraint(
                name="seatrequest_refusal_says_why",
                condition=~Q(status="refused") | Q(refusal_reason__in=RefusalReason.values),
                violation_error_message="Un refus a sa raison.",
            ),
            models.CheckConstraint(
                name="seatrequest_finished_has_its_result",
                condition=~Q(status="finished") | Q(result__in=Result.values, left_on__isnull=False),
                violation_error_message="Dites le résultat de la formation.",
            ),
            models.CheckConstraint(
                name="seatrequest_left_says_why",
                condition=~Q(status="left") | Q(leave_reason__in=LeaveReason.values, left_on__isnull=False),
                violation_error_message="Dites quand et pourquoi la formation s’arrête.",
            ),
        ]

    def __str__(self) -> str:
        return f"demande de place {self.pk}"

    @property
    def requested_on(self) -> dt.date:
        return timezone.localdate(self.requested_at)

    @property
    def organisation(self) -> TrainingOrganisation:
        """Who answers: the training's organisation."""
        return self.session.action.training.organisation

    @property
    def department(self) -> Department | None:
        """Where its agents are, and whose public holidays count: that of the session, else of home."""
        commune = self.session.action.commune or self.candidate.commune
        return commune.department if commune else None

    @property
    def department_code(self) -> str:
        return self.department.code if self.department else ""

    @property
    def is_promised(self) -> bool:
        """Does an employer promise a contract after it?"""
        return self.commitment is not None and self.commitment.is_live


class SeatRequestEvent(Event):
    """One line in the life of a seat request."""

    seat_request = models.ForeignKey(SeatRequest, on_delete=models.CASCADE, related_name="events")

    class Meta(Event.Meta):
        abstract = False
        verbose_name = "événement de demande de place"


class ProjectValidation(Stateful):
    """The advisor's yes to the training project: eligibility, and income during the training."""

    seat_request = models.OneToOneField(
        SeatRequest, on_delete=models.CASCADE, related_name="validation", verbose_name="demande"
    )
    status = models.CharField("état", max_length=15, choices=ProjectStatus, default=ProjectStatus.TO_VALIDATE)
    is_eligible = models.BooleanField("remplit les conditions d’entrée", null=True, blank=True)
    income = models.CharField("revenu pendant la formation", max_length=200, choices=Income, blank=True)
    reason = models.CharField("refus", max_length=20, choices=NotValidatedReason, blank=True)
    words = models.TextField("en quelques mots", blank=True, max_length=600)
    decided_at = models.DateTimeField("décidé le", null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="par"
    )

    objects = ValidationQuerySet.as_manager()

    class Meta:
        verbose_name = "validation du projet"
        verbose_name_plural = "validations de projet"
        constraints = [
            only_known("status", ProjectStatus, model="projectvalidation"),
            models.CheckConstraint(
                name="projectvalidation_says_who",
                condition=Q(status="to_validate") | Q(decided_at__isnull=False, decided_by__isnull=False),
                violation_error_message="Une décision dit quand et par qui.",
            ),
            models.CheckConstraint(
                name="projectvalidation_validated_says_the_income",
                condition=~Q(status="validated") | Q(is_eligible=True, income__in=Income.values),
                violation_error_message="Dites de quoi la personne vit pendant la formation.",
            ),
            models.CheckConstraint(
                name="projectvalidation_refusal_says_why",
                condition=~Q(status="not_validated") | Q(reason__in=NotValidatedReason.values),
                violation_error_message="Dites pourquoi le projet n’est pas validé.",
            ),
        ]

    def __str__(self) -> str:
        return f"validation {self.pk}"


class ProjectValidationEvent(Event):
    """One line in the life of a validation."""

    validation = models.ForeignKey(ProjectValidation, on_delete=models.CASCADE, related_name="events")

    class Meta(Event.Meta):
        abstract = False
        verbose_name = "événement de validation"


class Meeting(models.Model):
    """An information meeting to which an organisation invites: when, where, who came."""

    seat_request = models.ForeignKey(
        SeatRequest, on_delete=models.CASCADE, related_name="meetings", verbose_name="demande"
    )
    at = models.DateTimeField("quand")
    place = models.CharField("où", max_length=200)
    has_come = models.BooleanField("est venu·e", null=True, blank=True)
    invited_at = models.DateTimeField("invité·e le", default=timezone.now, editable=False)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="par")

    class Meta:
        verbose_name = "réunion d’information"
        verbose_name_plural = "réunions d’information"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"réunion {self.pk}"

    @property
    def day(self) -> dt.date:
        return timezone.localtime(self.at).date()

    @property
    def hour(self) -> dt.time:
        return timezone.localtime(self.at).time()
