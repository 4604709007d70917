"""An application, the places that it holds, the questions asked about it, and its history."""

import datetime as dt
import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts import roles
from candidates.models import Candidate
from core.models import Event, Stateful
from core.rules import only_known
from immersions.applications.queries import ApplicationQuerySet, QuestionQuerySet
from immersions.applications.workflow import (
    HOLDS_PLACES,
    LIVE,
    NOT_IN_VAIN,
    ApplicationStatus,
)
from immersions.offers.models import Offer, Slot


class EndReason(models.TextChoices):
    """Why an application stopped before the immersion: a closed list, counted."""

    # The company's.
    NO_TIME = "no_time", "Nous ne pouvons pas accueillir en ce moment"
    POST_FILLED = "post_filled", "Le poste est pourvu"
    TOO_FAR = "too_far", "Le trajet nous paraît trop long"
    ESSENTIAL_MISSING = "essential_missing", "Une condition indispensable manque"
    DATES = "dates", "Les dates ne vont pas"
    # The candidate's.
    FOUND_WORK = "found_work", "J’ai trouvé un emploi ou une formation"
    OTHER_CHOICE = "other_choice", "J’ai choisi une autre immersion"
    NOT_AVAILABLE = "not_available", "Je ne suis plus disponible"
    TRAVEL = "travel", "Je ne peux pas m’y rendre"
    CHANGED_MIND = "changed_mind", "Ce métier ne m’attire plus"
    # The prescriber's.
    AGREEMENT_REFUSED = "agreement_refused", "La convention n’a pas été validée"
    # Nobody's.
    NOT_SIGNED = "not_signed", "La convention n’était pas signée à temps"
    # Once it has started.
    NOT_FOR_ME = "not_for_me", "Ce métier n’est pas pour moi"
    PERSONAL = "personal", "Un empêchement personnel"
    CONDITIONS = "conditions", "Les conditions ne vont pas"
    NOT_SUITED = "not_suited", "Cela ne convient pas pour ce poste"
    SAFETY = "safety", "La sécurité ne peut pas être assurée"
    # Either side's, or nobody's.
    OTHER = "other", "Autre raison"


COMPANY_REASONS = (
    EndReason.NO_TIME,
    EndReason.POST_FILLED,
    EndReason.DATES,
    EndReason.TOO_FAR,
    EndReason.ESSENTIAL_MISSING,
    EndReason.OTHER,
)
CANDIDATE_REASONS = (
    EndReason.FOUND_WORK,
    EndReason.OTHER_CHOICE,
    EndReason.NOT_AVAILABLE,
    EndReason.TRAVEL,
    EndReason.CHANGED_MIND,
    EndReason.OTHER,
)
CANDIDATE_STOPS = (
    EndReason.NOT_FOR_ME,
    EndReason.FOUND_WORK,
    EndReason.PERSONAL,
    EndReason.CONDITIONS,
    EndReason.OTHER,
)
COMPANY_STOPS = (EndReason.NOT_SUITED, EndReason.SAFETY, EndReason.NO_TIME, EndReason.OTHER)


class Application(Stateful):
    """« Je voudrais essayer. » One live application per candidate and offer."""

    uid = models.UUIDField("référence d’agenda", default=uuid.uuid4, unique=True, editable=False)
    candidate = models.ForeignKey(
        Candidate, on_delete=models.PROTECT, related_name="applications", verbose_name="candidat"
    )
    offer = models.ForeignKey(
        Offer, on_delete=models.PROTECT, related_name="applications", verbose_name="offre"
    )
    status = models.CharField(
        "état", max_length=20, choices=ApplicationStatus, default=ApplicationStatus.SUBMITTED
    )
    renews = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="renewals",
        verbose_name="prolonge",
        help_text="L’immersion dont les objectifs ne sont pas atteints : elle se prolonge une fois.",
    )
    submitted_at = models.DateTimeField("envoyée le", default=timezone.now)
    wished_slots = models.ManyToManyField(
        Slot, blank=True, related_name="wished_by", verbose_name="créneaux souhaités"
    )
    wished_weeks = ArrayField(
        models.DateField(), verbose_name="semaines souhaitées", default=list, blank=True
    )
    why = models.TextField("pourquoi ce métier", blank=True, max_length=600)
    experience = models.TextField("déjà fait ou vu", blank=True, max_length=600)
    needs = models.TextField("ce qu’il faut savoir pour l’accueil", blank=True, max_length=600)
    end_reason = models.CharField("raison", max_length=20, choices=EndReason, blank=True)
    end_words = models.TextField("en quelques mots", blank=True, max_length=600)
    ended_by = models.CharField("du fait de", max_length=20, blank=True)
    was_asked_again = models.BooleanField(
        "délai déjà relancé", default=False, help_text="Une réponse ne relance le délai qu’une fois."
    )
    calendar_sequence = models.PositiveSmallIntegerField(
        "version d’agenda", default=0, help_text="SEQUENCE du .ics (RFC 5545)."
    )

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = "candidature"
        ordering = ["-submitted_at", "-pk"]
        indexes = [
            models.Index("offer", "status", name="application_offer_status"),
            models.Index(F("candidate"), F("submitted_at").desc(), name="application_candidate_recent"),
            models.Index("status", "waiting_since", name="application_waiting"),
        ]
        constraints = [
            only_known("status", ApplicationStatus, model="application"),
            models.CheckConstraint(
                name="application_reason_is_known",
                condition=Q(end_reason__in=["", *EndReason.values]),
                violation_error_message="Cette raison n’existe pas.",
            ),
            models.UniqueConstraint(
                name="application_one_live_per_offer",
                fields=["candidate", "offer"],
                condition=Q(status__in=LIVE, renews=None),
                violation_error_message="Vous avez déjà une candidature en cours sur cette offre.",
            ),
            models.UniqueConstraint(
                name="application_renewed_once",
                fields=["renews"],
                condition=Q(status__in=NOT_IN_VAIN),
                violation_error_message="Cette immersion est déjà prolongée, ou quelqu’un l’a demandé.",
            ),
            models.CheckConstraint(
                name="application_does_not_renew_itself",
                condition=Q(renews=None) | ~Q(renews=F("pk")),
                violation_error_message="Une immersion ne se prolonge pas elle-même.",
            ),
            models.CheckConstraint(
                name="application_end_says_whose_doing",
                condition=~Q(status__in=["declined", "withdrawn", "cancelled", "expired"])
                | Q(ended_by__in=list(roles.LABELS)),
                violation_error_message="Une fin dit du fait de qui.",
            ),
        ]

    def __str__(self) -> str:
        return f"candidature {self.pk}"

    @property
    def answer_due_on(self) -> dt.date:
        """The company answers before that day: the sweep of that morning ends the wait."""
        return timezone.localdate(self.waiting_since) + dt.timedelta(days=self.offer.answer_days)

    @property
    def submitted_on(self) -> dt.date:
        return timezone.localdate(self.submitted_at)

    @property
    def holds_places(self) -> bool:
        return self.status in HOLDS_PLACES

    @property
    def slots(self) -> list[Slot]:
        """The periods booked, in their order (prefetched by `for_list`)."""
        slots = [booking.slot for booking in self.bookings.all()]
        return sorted(slots, key=lambda slot: (slot.first_day, slot.pk))

    @property
    def open_question(self) -> "Question | None":
        """The question that waits for the candidate (prefetched by `for_list`)."""
        return next((q for q in self.questions.all() if q.answered_at is None), None)


class Booking(models.Model):
    """A place held in a slot: the row exists as long as the place is held."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="bookings", verbose_name="candidature"
    )
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="bookings", verbose_name="créneau")
    booked_at = models.DateTimeField("réservé le", default=timezone.now)

    class Meta:
        verbose_name = "réservation"
        constraints = [
            models.UniqueConstraint(
                name="booking_once_per_slot",
                fields=["application", "slot"],
                violation_error_message="Cette place est déjà prise pour cette candidature.",
            ),
        ]

    def __str__(self) -> str:
        return f"réservation {self.pk}"


class Question(models.Model):
    """A question of the company to the candidate, and its answer."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="questions", verbose_name="candidature"
    )
    text = models.TextField("question", max_length=600)
    asked_at = models.DateTimeField("posée le", default=timezone.now)
    asked_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name="par"
    )
    answer = models.TextField("réponse", blank=True, max_length=1000)
    answered_at = models.DateTimeField("répondue le", null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = "question"
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="question_one_open_at_a_time",
                fields=["application"],
                condition=Q(answered_at__isnull=True),
                violation_error_message="Une question attend déjà sa réponse.",
            ),
        ]

    def __str__(self) -> str:
        return f"question {self.pk}"


class ApplicationEvent(Event):
    """One line in the life of an application."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="events")

    class Meta(Event.Meta):
        abstract = False
        verbose_name = "événement de candidature"
