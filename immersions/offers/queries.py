"""Which offers, which slots: in words of the domain."""

from typing import Self

from django.db import models
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from companies.models import Company
from territories.agents import departments_of


class OfferQuerySet(models.QuerySet):
    def open(self) -> Self:
        """What a visitor may see and ask for."""
        return self.filter(status="published")

    def was_public(self) -> Self:
        """Published once, whatever has come of it since: its address still answers."""
        shown = ["published", "paused", "closed", "awaiting_training"]
        return self.filter(status__in=shown, published_at__isnull=False)

    def for_page(self) -> Self:
        """All that its own page reads of it, in one query."""
        return self.select_related(
            "company", "detail", "occupation", "workplace", "commune__department__region"
        )

    def managed_by(self, user: User) -> Self:
        """Offers of the companies for which `user` may act."""
        return self.filter(company__in=Company.objects.managed_by(user))

    def in_territory_of(self, user: User) -> Self:
        """What a region agent sees; drafts without a place are seen by all agents, and by them only."""
        if not user.is_staff:
            return self.none()
        return self.filter(models.Q(commune__department__in=departments_of(user)) | models.Q(commune=None))

    def for_company_page(self) -> Self:
        """One offer with all that its company and the rules read, in one query."""
        return self.select_related(
            "company", "detail", "occupation", "commune__department__region"
        ).select_related("workplace__commune")

    def for_company_list(self) -> Self:
        """What needs someone first, then the latest; `waiting` counts applications to answer."""
        order = models.Case(
            models.When(status="draft", then=0), models.When(status="closed", then=2), default=1
        )
        waiting = models.Count("applications", filter=models.Q(applications__status="submitted"))
        return (
            self.select_related("company", "commune")
            .annotate(waiting=waiting)
            .order_by(order, "-status_since", "-pk")
        )


class SlotQuerySet(models.QuerySet):
    def to_come(self) -> Self:
        return self.filter(first_day__gt=timezone.localdate())

    def bookable(self, *, even_closed: bool = False) -> Self:
        """Slots that still take someone. `even_closed`: for those whose place is kept in one."""
        free = self.to_come().filter(places_taken__lt=F("places"))
        return free if even_closed else free.filter(is_open=True)

    def of_companies_trusting(self, user: User) -> Self:
        """Slots whose people `user` may decide about: confirmed members only."""
        return self.filter(offer__company__in=Company.objects.trusting(user))
