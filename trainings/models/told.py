"""What a training organisation says of its own sessions, beside what the catalogue says.

In tables of their own, which no import writes: the next one takes nothing of it back.
"""

import datetime as dt

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone

from core.rules import only_known
from trainings.models.sessions import Session


class SessionContact(models.Model):
    """Whom to call about this session, when it is not the contact of the action."""

    session = models.OneToOneField(
        Session, on_delete=models.CASCADE, primary_key=True, related_name="contact", verbose_name="session"
    )
    name = models.CharField("nom", max_length=120, blank=True)
    email = models.EmailField("adresse électronique", blank=True)
    phone = models.CharField("téléphone", max_length=30, blank=True)

    class Meta:
        verbose_name = "contact d’une session"
        verbose_name_plural = "contacts des sessions"

    def __str__(self) -> str:
        return f"contact de la session {self.session_id}"


class InCompanyPeriod(models.Model):
    """From when to when the group is in companies (« période en entreprise »)."""

    session = models.ForeignKey(
        Session, on_delete=models.CASCADE, related_name="in_company_periods", verbose_name="session"
    )
    starts_on = models.DateField("premier jour")
    ends_on = models.DateField("dernier jour")

    class Meta:
        verbose_name = "période en entreprise"
        verbose_name_plural = "périodes en entreprise"
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="incompanyperiod_ends_after_it_starts",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="Une période en entreprise finit après avoir commencé.",
            ),
            ExclusionConstraint(
                name="incompanyperiod_never_twice_at_once",
                expressions=[
                    ("session", RangeOperators.EQUAL),
                    (
                        Func(
                            "starts_on",
                            "ends_on",
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message="Deux périodes en entreprise se chevauchent.",
            ),
        ]

    def __str__(self) -> str:
        return f"période {self.pk}"


class MeetingKind(models.TextChoices):
    INFORMATION = "information", "Réunion d’information"
    TEST = "test", "Tests d’entrée"
    INTERVIEW = "interview", "Entretien"


class SessionMeeting(models.Model):
    """When one may come before the session: to hear about it, or to be admitted."""

    session = models.ForeignKey(
        Session, on_delete=models.CASCADE, related_name="meetings", verbose_name="session"
    )
    kind = models.CharField("nature", max_length=12, choices=MeetingKind, default=MeetingKind.INFORMATION)
    at = models.DateTimeField("le")
    place = models.CharField("lieu", max_length=200)

    class Meta:
        verbose_name = "rendez-vous avant la session"
        verbose_name_plural = "rendez-vous avant la session"
        ordering = ["at", "pk"]
        constraints = [
            only_known("kind", MeetingKind, model="sessionmeeting"),
            models.UniqueConstraint(
                name="sessionmeeting_is_said_once",
                fields=["session", "kind", "at"],
                violation_error_message="Ce rendez-vous est déjà écrit.",
            ),
        ]

    def __str__(self) -> str:
        return f"rendez-vous {self.pk}"

    @property
    def day(self) -> dt.date:
        return timezone.localtime(self.at).date()

    @property
    def hour(self) -> dt.time:
        return timezone.localtime(self.at).time()


class SaidBy(models.TextChoices):
    ORGANISATION = "organisation", "L’organisme"
    AGENT = "agent", "Un agent de la Région"
    CATALOGUE = "catalogue", "Le catalogue"


class SessionChange(models.Model):
    """One line in the life of a session: who said what, and when. Written once, never changed."""

    session = models.ForeignKey(
        Session, on_delete=models.CASCADE, related_name="changes", verbose_name="session"
    )
    said_by = models.CharField("dit par", max_length=12, choices=SaidBy)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,  # Who did it outlives the account: accounts are anonymised.
        related_name="+",
        null=True,
        blank=True,
        verbose_name="par",
    )
    at = models.DateTimeField("le", default=timezone.now)
    words = models.CharField("ce qui change", max_length=300)

    class Meta:
        verbose_name = "changement dit"
        verbose_name_plural = "histoire de la session"
        ordering = ["-at", "-pk"]
        constraints = [
            only_known("said_by", SaidBy, model="sessionchange"),
            models.CheckConstraint(
                name="sessionchange_a_person_has_a_name",
                condition=Q(said_by="catalogue", by__isnull=True)
                | (~Q(said_by="catalogue") & Q(by__isnull=False)),
                violation_error_message="Un changement dit par qui il a été fait.",
            ),
        ]

    def __str__(self) -> str:
        return f"changement {self.pk}"
