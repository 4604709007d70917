"""Other dates for a booking, proposed by one side and answered by the other."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.roles import CANDIDATE, COMPANY
from core.models import Event, Stateful
from core.rules import only_known
from core.workflow import Wait
from immersions.applications.models import Application
from immersions.dates.queries import DateProposalQuerySet
from immersions.dates.workflow import ProposalStatus
from territories.delays import wait_in


class IfNot(models.TextChoices):
    """What becomes of the booking when the answer is no, or when there is none."""

    KEEP = "keep", "La réservation reste comme elle est"
    CANCEL = "cancel", "La place est rendue"


class ProposedBy(models.TextChoices):
    CANDIDATE = CANDIDATE, "la personne"
    COMPANY = COMPANY, "l’entreprise"


class DateProposal(Stateful):
    """« Pouvez-vous plutôt venir le 14 ? » One open at a time for one application.

    `choices` is a list of answers to choose from; each is the whole list of periods that the booking
    would then hold: {slot, first_day, last_day, starts_at, ends_at}, `slot` being None for dates that
    are to be written. They are kept as words: what was proposed stays what it was.
    """

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="date_proposals", verbose_name="candidature"
    )
    status = models.CharField("état", max_length=20, choices=ProposalStatus, default=ProposalStatus.OPEN)
    proposed_by = models.CharField("proposée par", max_length=20, choices=ProposedBy)
    author = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name="écrite par"
    )
    choices = models.JSONField("dates proposées", default=list)
    words = models.TextField("en quelques mots", blank=True, max_length=600)
    if_not = models.CharField("sinon", max_length=10, choices=IfNot, default=IfNot.KEEP)
    proposed_at = models.DateTimeField("proposée le", default=timezone.now)

    objects = DateProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "proposition de dates"
        verbose_name_plural = "propositions de dates"
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            only_known("status", ProposalStatus, model="date_proposal"),
            only_known("proposed_by", ProposedBy, model="date_proposal"),
            only_known("if_not", IfNot, model="date_proposal"),
            models.UniqueConstraint(
                name="date_proposal_one_open_at_a_time",
                fields=["application"],
                condition=Q(status="open"),
                violation_error_message="Des dates sont déjà proposées : répondez d’abord, ou retirez-les.",
            ),
        ]

    def __str__(self) -> str:
        return f"proposition de dates {self.pk}"

    @property
    def wait(self) -> Wait:
        """How long the other side may take, where the immersion is."""
        return wait_in(self.application.offer.department_code, "dates")

    @property
    def answer_due_on(self) -> dt.date:
        """Nobody waits any longer after that day."""
        return timezone.localdate(self.waiting_since) + dt.timedelta(days=self.wait.end or 0)


class DateProposalEvent(Event):
    """One line in the life of a proposal of dates."""

    proposal = models.ForeignKey(DateProposal, on_delete=models.CASCADE, related_name="events")

    class Meta(Event.Meta):
        abstract = False
        verbose_name = "événement de proposition de dates"
