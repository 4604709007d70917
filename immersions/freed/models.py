"""« Prévenez-moi si une place se libère »: told once, in order, without a promise."""

from typing import Self

from django.db import models
from django.utils import timezone

from accounts.models import User
from candidates.models import Candidate
from immersions.applications.models import Application
from immersions.applications.workflow import LIVE
from immersions.offers.models import Slot
from immersions.offers.workflow import OfferStatus
from territories.agents import departments_of


class SlotWaitQuerySet(models.QuerySet):
    def of(self, user: User) -> Self:
        """The candidate's own."""
        return self.filter(candidate__user=user)

    def untold(self) -> Self:
        """In the order in which they asked."""
        return self.filter(told_at=None).order_by("asked_at", "pk")

    def news(self) -> Self:
        """Told, and there is still a place to ask for: what stands in « À faire »."""
        free = self.filter(told_at__isnull=False, slot__in=Slot.objects.bookable())
        live = Application.objects.filter(
            candidate=models.OuterRef("candidate"), offer=models.OuterRef("slot__offer"), status__in=LIVE
        )
        return free.filter(~models.Exists(live), slot__offer__status=OfferStatus.PUBLISHED)

    def in_territory_of(self, user: User) -> Self:
        return self.filter(slot__offer__commune__department__in=departments_of(user))

    def for_list(self) -> Self:
        return self.select_related("slot__offer__company", "slot__offer__commune", "candidate__user")


class SlotWait(models.Model):
    """A candidate who asked about one full slot; the row goes away with the slot."""

    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="waited_by", verbose_name="créneau")
    candidate = models.ForeignKey(
        Candidate, on_delete=models.CASCADE, related_name="slot_waits", verbose_name="candidat"
    )
    asked_at = models.DateTimeField("demandé le", default=timezone.now)
    told_at = models.DateTimeField("prévenu le", null=True, blank=True, editable=False)

    objects = SlotWaitQuerySet.as_manager()

    class Meta:
        verbose_name = "demande d’être prévenu d’une place"
        verbose_name_plural = "demandes d’être prévenu d’une place"
        ordering = ["asked_at", "pk"]
        indexes = [models.Index("slot", "asked_at", name="slotwait_untold", condition=models.Q(told_at=None))]
        constraints = [
            models.UniqueConstraint(
                name="slotwait_once",
                fields=["slot", "candidate"],
                violation_error_message="C’est déjà demandé : vous serez prévenu une fois.",
            )
        ]

    def __str__(self) -> str:
        return f"demande d’être prévenu {self.pk}"
