"""What happens between the entry and the result: the result itself, absences, check-ins, worries, notices.

Internships: `commitments.courses.internship_models`.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone

from accounts.models import User
from commitments.courses.queries import AbsenceQuerySet, CheckInQuerySet, ConcernQuerySet
from commitments.courses.workflow import CheckInStatus, ConcernStatus
from commitments.projects.models import Side
from commitments.seats.models import SeatRequest
from core.models import Event, Stateful
from core.rules import only_known
from core.signing.models import scan_name
from core.tokens import new_token
from trainings.models import SkillBlock


def days_between(first: str, last: str) -> Func:
    """Both days included; « until further notice » has no last day."""
    return Func(first, last, Value("[]"), function="daterange", output_field=DateRangeField())


class CourseResult(models.Model):
    """What the organisation says at the end, beside the result itself: blocks obtained, the paper."""

    seat_request = models.OneToOneField(
        SeatRequest, on_delete=models.PROTECT, related_name="course_result", verbose_name="demande"
    )
    blocks = models.ManyToManyField(
        SkillBlock, blank=True, related_name="+", verbose_name="blocs de compétences obtenus"
    )
    attestation = models.FileField("attestation", upload_to=scan_name, blank=True)
    said_at = models.DateTimeField("dit le", default=timezone.now, editable=False)
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="par")

    class Meta:
        verbose_name = "résultat de formation"
        verbose_name_plural = "résultats de formation"

    def __str__(self) -> str:
        return f"résultat {self.pk}"


class AbsenceKind(models.TextChoices):
    ABSENCE = "absence", "Absence"
    INTERRUPTION = "interruption", "Interruption"


class AbsenceReason(models.TextChoices):
    """Nothing about health: a paper is shown to the organisation, not written here."""

    JUSTIFIED = "justified", "Absence avec justificatif"
    UNJUSTIFIED = "unjustified", "Absence sans justificatif"
    PERSONAL = "personal", "Empêchement personnel"
    TRAVEL = "travel", "Trajet ou garde d’enfants"
    ORGANISATION = "organisation", "Du fait de l’organisme"
    OTHER = "other", "Autre raison"


class TrainingAbsence(models.Model):
    """Not in training from one day to another. Written once: a correction is a new row, the old one stays."""

    seat_request = models.ForeignKey(
        SeatRequest, on_delete=models.PROTECT, related_name="absences", verbose_name="demande"
    )
    kind = models.CharField("nature", max_length=12, choices=AbsenceKind, default=AbsenceKind.ABSENCE)
    first_day = models.DateField("du")
    last_day = models.DateField("au", null=True, blank=True, help_text="Vide : on ne sait pas encore.")
    reason = models.CharField("raison", max_length=12, choices=AbsenceReason)
    words = models.CharField("en quelques mots", max_length=300, blank=True)
    is_current = models.BooleanField("en vigueur", default=True, editable=False)
    replaces = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name="corrige",
    )
    said_at = models.DateTimeField("dite le", default=timezone.now, editable=False)
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="par")
    cancelled_at = models.DateTimeField("annulée le", null=True, blank=True, editable=False)
    cancelled_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="annulée par"
    )

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = "absence en formation"
        verbose_name_plural = "absences en formation"
        ordering = ["first_day", "pk"]
        constraints = [
            only_known("kind", AbsenceKind, model="trainingabsence"),
            only_known("reason", AbsenceReason, model="trainingabsence"),
            models.CheckConstraint(
                name="trainingabsence_ends_after_it_starts",
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")),
                violation_error_message="Une absence finit après avoir commencé.",
            ),
            models.CheckConstraint(
                name="trainingabsence_of_a_day_has_its_end",
                condition=~Q(kind="absence") | Q(last_day__isnull=False),
                violation_error_message="Dites jusqu’à quel jour. Sans fin connue, c’est une interruption.",
            ),
            models.CheckConstraint(
                name="trainingabsence_cancelled_is_no_more",
                condition=Q(cancelled_at=None, cancelled_by=None)
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False, is_current=False),
                violation_error_message="Une absence annulée ne compte plus.",
            ),
            ExclusionConstraint(
                name="trainingabsence_never_twice_at_once",
                expressions=[
                    ("seat_request", RangeOperators.EQUAL),
                    (days_between("first_day", "last_day"), RangeOperators.OVERLAPS),
                ],
                condition=Q(is_current=True),
                violation_error_message="Une absence est déjà notée sur ces jours : corrigez-la.",
            ),
        ]

    def __str__(self) -> str:
        return f"absence {self.pk}"


class CheckIn(Stateful):
    """« Comment ça se passe ? » to one side, once. The link answers in one click."""

    seat_request = models.ForeignKey(
        SeatRequest, on_delete=models.PROTECT, related_name="check_ins", verbose_name="demande"
    )
    side = models.CharField("à", max_length=10, choices=Side)
    number = models.PositiveSmallIntegerField("n°")
    due_on = models.DateField("à demander le")
    status = models.CharField("état", max_length=8, choices=CheckInStatus, default=CheckInStatus.PLANNED)
    token = models.CharField("lien", max_length=40, unique=True, default=new_token, editable=False)
    words = models.TextField("en quelques mots", blank=True, max_length=600)
    answered_at = models.DateTimeField("réponse le", null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="par"
    )

    objects = CheckInQuerySet.as_manager()

    class Meta:
        verbose_name = "point d’étape"
        verbose_name_plural = "points d’étape"
        ordering = ["number", "side"]
        indexes = [
            models.Index("due_on", name="checkin_planned", condition=Q(status="planned")),
            models.Index("status", "waiting_since", name="checkin_waiting"),
        ]
        constraints = [
            only_known("status", CheckInStatus, model="checkin"),
            only_known("side", Side, model="checkin"),
            models.UniqueConstraint(
                name="checkin_asked_once",
                fields=["seat_request", "side", "number"],
                violation_error_message="Ce point d’étape est déjà prévu.",
            ),
            models.CheckConstraint(
                name="checkin_answer_has_its_date",
                condition=~Q(status__in=["fine", "worried"]) | Q(answered_at__isnull=False),
                violation_error_message="Une réponse a sa date.",
            ),
        ]

    def __str__(self) -> str:
        return f"point d’étape {self.pk}"


class CheckInEvent(Event):
    """One line in the life of a check-in."""

    check_in = models.ForeignKey(CheckIn, on_delete=models.CASCADE, related_name="events")

    class Meta(Event.Meta):
        abstract = False
        verbose_name = "événement de point d’étape"


class Cause(models.TextChoices):
    """Why somebody should call. Never who is at fault."""

    WORRIED = "worried", "Une réponse inquiète à un point d’étape"
    SILENT = "silent", "Deux points d’étape sans réponse"
    ORGANISATION = "organisation", "L’organisme demande de l’aide"
    SESSION = "session", "La session n’est plus annoncée, ou elle est annulée"


class Concern(Stateful):
    """A file to look after (« orange »): the advisor calls, then closes it with a word."""

    seat_request = models.ForeignKey(
        SeatRequest, on_delete=models.PROTECT, related_name="concerns", verbose_name="demande"
    )
    status = models.CharField("état", max_length=8, choices=ConcernStatus, default=ConcernStatus.OPEN)
    cause = models.CharField("pourquoi", max_length=12, choices=Cause)
    opened_at = models.DateTimeField("ouvert le", default=timezone.now, editable=False)
    closed_at = models.DateTimeField("clos le", null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="clos par"
    )
    words = models.TextField("ce qui a été fait", blank=True, max_length=600)

    objects = ConcernQuerySet.as_manager()

    class Meta:
        verbose_name = "dossier à suivre"
        verbose_name_plural = "dossiers à suivre"
        ordering = ["-opened_at", "-pk"]
        indexes = [models.Index("status", "waiting_since", name="concern_waiting")]
        constraints = [
            only_known("status", ConcernStatus, model="concern"),
            only_known("cause", Cause, model="concern"),
            models.UniqueConstraint(
                name="concern_one_open_each",
                fields=["seat_request"],
                condition=Q(status="open"),
                violation_error_message="Ce dossier est déjà à suivre.",
            ),
            models.CheckConstraint(
                name="concern_closed_says_what_was_done",
                condition=Q(status="open", closed_at=None, closed_by=None)
                | (Q(status="closed", closed_at__isnull=False, closed_by__isnull=False) & ~Q(words="")),
                violation_error_message="Dites ce qui a été fait, en quelques mots.",
            ),
        ]

    def __str__(self) -> str:
        return f"dossier à suivre {self.pk}"


class ConcernEvent(Event):
    """One line in the life of a file to look after."""

    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="events")

    class Meta(Event.Meta):
        abstract = False
        verbose_name = "événement de dossier à suivre"


class CourseWord(models.Model):
    """A word of the organisation about how it goes: the advisor reads it."""

    seat_request = models.ForeignKey(
        SeatRequest, on_delete=models.PROTECT, related_name="course_words", verbose_name="demande"
    )
    words = models.TextField("mot", max_length=600)
    asks_for_help = models.BooleanField("demande de l’aide", default=False)
    said_at = models.DateTimeField("le", default=timezone.now, editable=False)
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="par")

    class Meta:
        verbose_name = "mot de l’organisme"
        verbose_name_plural = "mots de l’organisme"
        ordering = ["said_at", "pk"]

    def __str__(self) -> str:
        return f"mot {self.pk}"


class NoticeKind(models.TextChoices):
    ENTRY = "entry", "Dire qui est entré"
    RESULT = "result", "Donner le résultat"
    INTERNSHIP = "internship", "Stage bientôt"


class CourseNotice(models.Model):
    """What was already said because of a date. Another date, another notice: sessions move."""

    seat_request = models.ForeignKey(
        SeatRequest, on_delete=models.CASCADE, related_name="notices", verbose_name="demande"
    )
    kind = models.CharField("sujet", max_length=12, choices=NoticeKind)
    day = models.DateField("pour le")
    steps = models.PositiveSmallIntegerField("relances faites", default=0)
    at = models.DateTimeField("le", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "rappel de formation"
        verbose_name_plural = "rappels de formation"
        constraints = [
            only_known("kind", NoticeKind, model="coursenotice"),
            models.UniqueConstraint(
                name="coursenotice_once",
                fields=["seat_request", "kind", "day"],
                violation_error_message="Ce rappel est déjà parti.",
            ),
        ]

    def __str__(self) -> str:
        return f"rappel {self.pk}"
