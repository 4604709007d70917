"""« Besoin de formation »: a trade, a place, the posts that wait for a session there."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from core import french
from core.models import Event, Stateful
from core.rules import only_known
from immersions.needs.delay import answer_due_on
from immersions.needs.queries import TrainingNeedQuerySet
from immersions.needs.workflow import NeedAnswer, NeedStatus
from immersions.offers.models import Offer


class TrainingNeed(Stateful):
    """One at a time for an occupation in a basin, or in a department where no basin is drawn."""

    occupation = models.ForeignKey(
        "territories.Occupation", on_delete=models.PROTECT, related_name="+", verbose_name="métier"
    )
    basin = models.ForeignKey(
        "territories.EmploymentBasin",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="bassin d’emploi",
    )
    department = models.ForeignKey(
        "territories.Department", on_delete=models.PROTECT, related_name="+", verbose_name="département"
    )
    status = models.CharField("état", max_length=10, choices=NeedStatus, default=NeedStatus.OPEN)
    opened_at = models.DateTimeField("ouvert le", default=timezone.now, editable=False)
    offers = models.ManyToManyField(
        Offer, through="immersions.NeedOffer", related_name="training_needs", verbose_name="offres"
    )
    answer = models.CharField("réponse", max_length=12, choices=NeedAnswer, blank=True)
    words = models.TextField(
        "en quelques mots", max_length=1000, blank=True, help_text="L’entreprise lit ces mots."
    )
    training = models.ForeignKey(
        "trainings.Training",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="formation rattachée",
    )
    answered_at = models.DateTimeField("répondu le", null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="répondu par"
    )

    objects = TrainingNeedQuerySet.as_manager()

    class Meta:
        verbose_name = "besoin de formation"
        verbose_name_plural = "besoins de formation"
        ordering = ["-opened_at", "-pk"]
        constraints = [
            only_known("status", NeedStatus, model="trainingneed"),
            models.UniqueConstraint(
                name="trainingneed_one_open_in_a_basin",
                fields=["occupation", "basin"],
                condition=Q(status="open"),
                violation_error_message="Ce métier a déjà un besoin ouvert dans ce bassin.",
            ),
            models.UniqueConstraint(
                name="trainingneed_one_open_in_a_department",
                fields=["occupation", "department"],
                condition=Q(status="open", basin=None),
                violation_error_message="Ce métier a déjà un besoin ouvert dans ce département.",
            ),
            models.CheckConstraint(
                name="trainingneed_answered_says_what",
                condition=~Q(status="answered")
                | (Q(answer__in=NeedAnswer.values) & Q(answered_at__isnull=False) & ~Q(words="")),
                violation_error_message="Une réponse dit ce qui est trouvé, en quelques mots.",
            ),
            models.CheckConstraint(
                name="trainingneed_session_names_its_training",
                condition=~Q(answer="session") | Q(training__isnull=False),
                violation_error_message="Choisissez la session à rattacher.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occupation}, {self.place}"

    @property
    def place(self) -> str:
        return f"bassin {french.of(self.basin.name)}" if self.basin else self.department.name

    @property
    def due_on(self) -> dt.date:
        """The day by which an agent answers."""
        opened = timezone.localdate(self.opened_at)
        return answer_due_on(opened, self.department_id)

    @property
    def is_open(self) -> bool:
        return self.status == NeedStatus.OPEN

    @property
    def is_answered(self) -> bool:
        """Offers still wait: it may be answered again."""
        return self.status == NeedStatus.ANSWERED

    @property
    def is_late(self) -> bool:
        return self.is_open and self.due_on < timezone.localdate()


class TrainingNeedEvent(Event):
    """One line in the life of a need."""

    need = models.ForeignKey(TrainingNeed, on_delete=models.CASCADE, related_name="events")

    class Meta(Event.Meta):
        abstract = False
        verbose_name = "événement de besoin"


class NeedOffer(models.Model):
    """An offer that waits with others of the same trade and place, until it does not wait any more."""

    need = models.ForeignKey(
        TrainingNeed, on_delete=models.CASCADE, related_name="shares", verbose_name="besoin"
    )
    offer = models.ForeignKey(
        Offer, on_delete=models.CASCADE, related_name="need_shares", verbose_name="offre"
    )
    joined_at = models.DateTimeField("depuis le", default=timezone.now)
    left_at = models.DateTimeField("jusqu’au", null=True, blank=True)

    class Meta:
        verbose_name = "offre qui attend"
        verbose_name_plural = "offres qui attendent"
        ordering = ["joined_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="needoffer_waits_once",
                fields=["offer"],
                condition=Q(left_at=None),
                violation_error_message="Cette offre attend déjà une formation.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.offer_id} → {self.need_id}"
