"""A request to say whose doing an absence is, and what the agent answered."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from core.models import Event, Stateful
from core.rules import only_known
from immersions.applications.models import Application
from immersions.settlements.workflow import SettlementStatus
from immersions.stays.models import Side, Whose
from immersions.stays.queries import OfAnApplication
from territories.delays import wait_in


class Settlement(Stateful):
    """Both versions stay as they were written: this stands beside them."""

    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, related_name="settlement", verbose_name="candidature"
    )
    status = models.CharField("état", max_length=10, choices=SettlementStatus, default=SettlementStatus.ASKED)
    side = models.CharField("demandé par", max_length=10, choices=Side)
    words = models.TextField("pourquoi", max_length=1000)
    asked_at = models.DateTimeField("demandé le", default=timezone.now)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="par")
    whose = models.CharField("du fait de", max_length=10, choices=Whose, blank=True)
    reason = models.TextField("raison de la décision", max_length=1000, blank=True)
    settled_at = models.DateTimeField("tranché le", null=True, blank=True, editable=False)
    settled_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tranché par"
    )

    objects = OfAnApplication.as_manager()

    class Meta:
        verbose_name = "absence à trancher"
        verbose_name_plural = "absences à trancher"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            only_known("status", SettlementStatus, model="settlement"),
            only_known("side", Side, model="settlement"),
            models.CheckConstraint(
                name="settlement_settled_says_whose_and_why",
                condition=~Q(status="settled")
                | (
                    Q(whose__in=Whose.values)
                    & ~Q(reason="")
                    & Q(settled_at__isnull=False, settled_by__isnull=False)
                ),
                violation_error_message="Une décision dit du fait de qui, pourquoi, et qui l’a prise.",
            ),
        ]

    def __str__(self) -> str:
        return f"absence à trancher {self.pk}"

    @property
    def open_until(self) -> dt.date:
        """The day when nobody waits any longer: it stays undetermined."""
        wait = wait_in(self.application.offer.department_code, "settlement")
        return timezone.localdate(self.waiting_since) + dt.timedelta(days=wait.end or 0)


class SettlementEvent(Event):
    """One line in the life of a request."""

    settlement = models.ForeignKey(Settlement, on_delete=models.CASCADE, related_name="events")

    class Meta(Event.Meta):
        abstract = False
        verbose_name = "événement d’absence à trancher"
