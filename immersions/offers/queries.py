"""Which offers, which slots: in words of the domain."""

from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from accounts.models import User
from companies.models import Company
from territories.agents import departments_of


class OfferQuerySet(models.QuerySet):
    def open(self) -> Self:
        """What a visitor may see and ask for."""
        return self.filter(status="published")

    def managed_by(self, user: User) -> Self:
        """Offers of the companies for which `user` may act."""
        mine = Company.objects.managed_by(user).filter(pk=OuterRef("company"))
        return self.filter(Exists(mine))

    def in_territory_of(self, user: User) -> Self:
        """What a region agent sees; drafts without a place are seen by all agents."""
        return self.filter(
            models.Q(commune__department__in=departments_of(user)) | models.Q(commune=None)
        )


class SlotQuerySet(models.QuerySet):
    def to_come(self) -> Self:
        return self.filter(first_day__gt=timezone.localdate())

    def bookable(self) -> Self:
        """Slots that still take someone."""
        return self.to_come().filter(is_open=True, places_taken__lt=F("places"))
