"""What an advisor has written for a person, until that person sends it."""

import datetime as dt
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from candidates.models import Candidate
from candidates.structures.models import Following
from core.models import Event, Stateful
from core.rules import only_known
from immersions.applications.models import Application
from immersions.offers.models import Offer, Slot
from immersions.prepared.workflow import PreparedStatus
from territories.agents import departments_of
from territories.delays import wait_in


class PreparedQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        return self.filter(status=PreparedStatus.WAITING)

    def of(self, user: User) -> Self:
        """The candidate's own."""
        return self.filter(candidate__user=user)

    def followed_by(self, user: User) -> Self:
        """About the people whom a structure of `user` accompanies."""
        people = Following.objects.seen_by(user).followed()
        return self.filter(candidate__in=people.values("candidate"))

    def in_territory_of(self, user: User) -> Self:
        return self.filter(offer__commune__department__in=departments_of(user))

    def for_page(self) -> Self:
        return self.select_related(
            "offer__company",
            "offer__commune__department__region",
            "offer__detail",
            "offer__workplace__commune",
            "offer__occupation",
            "candidate__user",
            "prepared_by",
        )


class PreparedApplication(Stateful):
    """The company knows nothing of it."""

    candidate = models.ForeignKey(
        Candidate, on_delete=models.CASCADE, related_name="prepared_applications", verbose_name="candidat"
    )
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="+", verbose_name="offre")
    status = models.CharField("état", max_length=12, choices=PreparedStatus, default=PreparedStatus.WAITING)
    prepared_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="préparée par"
    )
    prepared_at = models.DateTimeField("préparée le", default=timezone.now)
    slots = models.ManyToManyField(Slot, blank=True, related_name="+", verbose_name="créneaux")
    weeks = ArrayField(models.DateField(), verbose_name="semaines", default=list, blank=True)
    why = models.TextField("pourquoi ce métier", blank=True, max_length=600)
    experience = models.TextField("déjà fait ou vu", blank=True, max_length=600)
    needs = models.TextField("ce qu’il faut savoir pour l’accueil", blank=True, max_length=600)
    application = models.OneToOneField(
        Application,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="prepared",
        verbose_name="candidature envoyée",
    )

    objects = PreparedQuerySet.as_manager()

    class Meta:
        verbose_name = "candidature préparée"
        verbose_name_plural = "candidatures préparées"
        ordering = ["-prepared_at", "-pk"]
        constraints = [
            only_known("status", PreparedStatus, model="prepared"),
            models.UniqueConstraint(
                name="prepared_one_waiting_per_offer",
                fields=["candidate", "offer"],
                condition=Q(status="waiting"),
                violation_error_message="Une candidature préparée attend déjà la réponse de cette personne.",
            ),
            models.CheckConstraint(
                name="prepared_confirmed_has_its_application",
                condition=Q(status="confirmed", application__isnull=False)
                | (~Q(status="confirmed") & Q(application=None)),
                violation_error_message="Confirmée, elle est devenue une candidature.",
            ),
        ]

    def __str__(self) -> str:
        return f"candidature préparée {self.pk}"

    @property
    def confirm_by(self) -> dt.date:
        """The day when it ends by itself is too late."""
        days = wait_in(self.offer.department_code, "prepared").end or 1
        return timezone.localdate(self.waiting_since) + dt.timedelta(days=days - 1)


class PreparedEvent(Event):
    """One line in the life of a prepared application."""

    prepared = models.ForeignKey(PreparedApplication, on_delete=models.CASCADE, related_name="events")

    class Meta(Event.Meta):
        abstract = False
        verbose_name = "événement de candidature préparée"
