"""Which applications: in words of the domain."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch

from accounts.models import User
from companies.models import Company
from immersions.applications.workflow import HOLDS_PLACES, ApplicationStatus
from immersions.offers.models import Slot
from territories.agents import departments_of


class ApplicationQuerySet(models.QuerySet):
    def of(self, user: User) -> Self:
        """The candidate's own."""
        return self.filter(candidate__user=user)

    def received_by(self, user: User) -> Self:
        """Applications that `user` may read for a company: confirmed members only, because an
        application is personal data.
        """
        return self.filter(offer__company__in=Company.objects.trusting(user))

    def hidden_from(self, user: User) -> Self:
        """Applications to answer that `user`, a member not yet confirmed, may only count."""
        company = OuterRef("offer__company")
        mine = Company.objects.managed_by(user).filter(pk=company)
        trusted = Company.objects.trusting(user).filter(pk=company)
        return self.filter(Exists(mine), ~Exists(trusted), status=ApplicationStatus.SUBMITTED)

    def in_territory_of(self, user: User) -> Self:
        return self.filter(offer__commune__department__in=departments_of(user))

    def waiting(self) -> Self:
        """Those who wait for the company, the oldest first."""
        return self.filter(status=ApplicationStatus.SUBMITTED).order_by("waiting_since", "pk")

    def with_a_place(self) -> Self:
        return self.filter(status__in=HOLDS_PLACES)

    def for_dashboard(self) -> Self:
        """Who, where, what was asked and what is booked, in a constant number of queries."""
        return self.select_related(
            "offer__company", "offer__commune__department__region", "candidate__user"
        ).prefetch_related("questions", Prefetch("bookings", queryset=self._bookings()))

    def for_list(self) -> Self:
        """What a row of a list shows: the same, with the dates that were wished."""
        slots = Slot.objects.order_by("first_day", "pk")
        return self.for_dashboard().prefetch_related(Prefetch("wished_slots", queryset=slots))

    def _bookings(self) -> models.QuerySet:
        return self.model._meta.get_field("bookings").related_model._default_manager.select_related("slot")

    def for_page(self) -> Self:
        return (
            self.for_list()
            .select_related(
                "offer__detail", "offer__workplace__commune", "offer__occupation", "candidate__commune"
            )
            .prefetch_related("events")
        )


class QuestionQuerySet(models.QuerySet):
    def open(self) -> Self:
        """Still waiting for the candidate's answer."""
        return self.filter(answered_at=None)
