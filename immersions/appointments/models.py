"""A first appointment before the immersion: the times that a company offers, and the one picked."""

import datetime as dt
import uuid
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import User
from accounts.roles import COMPANY
from companies.models import Company
from core.models import Event, Stateful
from core.rules import only_known
from immersions.applications.models import Application
from immersions.appointments.workflow import TAKES_ITS_TIME, AppointmentStatus
from territories.agents import departments_of


class Kind(models.TextChoices):
    PHONE = "phone", "Au téléphone"
    VIDEO = "video", "En visio"
    ON_SITE = "on_site", "Sur place"


class AppointmentTimeQuerySet(models.QuerySet):
    def free(self) -> Self:
        """Still offered, and nobody has it."""
        taken = Appointment.objects.filter(time=OuterRef("pk"), status__in=TAKES_ITS_TIME)
        return self.filter(~Exists(taken), is_open=True, starts_at__gt=timezone.now())

    def free_for(self, application: Application) -> Self:
        """Times that this person may still pick: theirs, or those that the company offers to all."""
        return self.free().filter(
            Q(application=application) | Q(application=None),
            company=application.offer.company_id,
        )

    def of_company_members(self, user: User) -> Self:
        """Times of the companies where `user` is a confirmed member."""
        return self.filter(company__in=Company.objects.trusting(user))


class AppointmentTime(models.Model):
    """« Mardi à 10 h, 15 minutes, au téléphone. » For one application, or for whoever applies."""

    company = models.ForeignKey(
        Company, on_delete=models.CASCADE, related_name="appointment_times", verbose_name="entreprise"
    )
    application = models.ForeignKey(
        Application,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="appointment_times",
        verbose_name="candidature",
        help_text="Vide : pour toute personne qui demande une immersion à cette entreprise.",
    )
    kind = models.CharField("comment", max_length=10, choices=Kind, default=Kind.PHONE)
    starts_at = models.DateTimeField("le")
    minutes = models.PositiveSmallIntegerField("durée (minutes)", default=15)
    where = models.CharField("lien, adresse ou consigne", max_length=300, blank=True)
    is_open = models.BooleanField("proposé", default=True)
    offered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="proposé par"
    )

    objects = AppointmentTimeQuerySet.as_manager()

    class Meta:
        verbose_name = "horaire de rendez-vous"
        verbose_name_plural = "horaires de rendez-vous"
        ordering = ["starts_at", "pk"]
        constraints = [
            only_known("kind", Kind, model="appointment_time"),
            models.CheckConstraint(
                name="appointment_time_is_short",
                condition=Q(minutes__gte=5, minutes__lte=120),
                violation_error_message="Un rendez-vous dure entre 5 minutes et 2 heures.",
            ),
            models.UniqueConstraint(
                name="appointment_time_once_for_a_company",
                fields=["company", "starts_at"],
                condition=Q(is_open=True),
                violation_error_message="Vous proposez déjà un rendez-vous à cette heure.",
            ),
        ]

    def __str__(self) -> str:
        return f"horaire de rendez-vous {self.pk}"

    @property
    def ends_at(self) -> dt.datetime:
        return self.starts_at + dt.timedelta(minutes=self.minutes)


class AppointmentQuerySet(models.QuerySet):
    def of(self, user: User) -> Self:
        """The candidate's own."""
        return self.filter(application__candidate__user=user)

    def received_by(self, user: User) -> Self:
        """Those of the applications that `user` may read for a company."""
        return self.filter(application__offer__company__in=Company.objects.trusting(user))

    def in_territory_of(self, user: User) -> Self:
        return self.filter(application__offer__commune__department__in=departments_of(user))

    def booked(self) -> Self:
        return self.filter(status="booked")

    def for_page(self) -> Self:
        return self.select_related(
            "time",
            "application__offer__company",
            "application__offer__commune",
            "application__candidate__user",
        )


class Appointment(Stateful):
    """The time that the candidate picked. Two people never have the same one."""

    uid = models.UUIDField("référence d’agenda", default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="appointments", verbose_name="candidature"
    )
    time = models.ForeignKey(
        AppointmentTime, on_delete=models.PROTECT, related_name="appointments", verbose_name="horaire"
    )
    status = models.CharField(
        "état", max_length=20, choices=AppointmentStatus, default=AppointmentStatus.BOOKED
    )
    noted_by = models.CharField("absence signalée par", max_length=20, blank=True)
    calendar_sequence = models.PositiveSmallIntegerField("version d’agenda", default=0)
    reminded_for = models.DateTimeField("rappelé pour", null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = "rendez-vous"
        verbose_name_plural = "rendez-vous"
        ordering = ["time__starts_at", "pk"]
        constraints = [
            only_known("status", AppointmentStatus, model="appointment"),
            models.UniqueConstraint(
                name="appointment_one_person_at_a_time",
                fields=["time"],
                condition=Q(status__in=["booked", "held", "missed"]),
                violation_error_message="Cette heure vient d’être prise. Choisissez-en une autre.",
            ),
            models.UniqueConstraint(
                name="appointment_one_to_come_per_application",
                fields=["application"],
                condition=Q(status="booked"),
                violation_error_message="Vous avez déjà un rendez-vous : changez-en l’heure.",
            ),
        ]

    def __str__(self) -> str:
        return f"rendez-vous {self.pk}"

    @property
    def is_noted_by_company(self) -> bool:
        return self.noted_by == COMPANY


class AppointmentEvent(Event):
    """One line in the life of an appointment."""

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="events")

    class Meta(Event.Meta):
        abstract = False
        verbose_name = "événement de rendez-vous"
