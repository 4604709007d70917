"""Which follow-ups? In the words of the domain; the only place that says who may see which."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from accounts.models import User
from candidates.structures.models import Following
from commitments.followups.workflow import POSTPONE, FollowUpStatus
from companies.models import Company
from territories.agents import departments_of

if TYPE_CHECKING:
    from commitments.followups.models import FollowUp  # noqa: F401

HIRED = ("hired", "hired_early")  # Only then does the company know, and may it say.


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def to_ask(self) -> Self:
        """Those whose day has come."""
        return self.filter(status=FollowUpStatus.TO_COME, due_on__lte=timezone.localdate())

    def unsettled(self) -> Self:
        """Neither answered nor left unknown."""
        return self.filter(status__in=(FollowUpStatus.TO_COME, FollowUpStatus.ASKED))

    def postponed(self) -> Self:
        """Those that wait for an end which was said by mistake: their day is counted anew."""
        events = self.model._meta.get_field("events").related_model._default_manager
        last = events.filter(follow_up=OuterRef("pk")).order_by("-pk").values("transition")[:1]
        return self.annotate(last=Subquery(last)).filter(status=FollowUpStatus.TO_COME, last=POSTPONE.name)

    def asked(self) -> Self:
        return self.filter(status=FollowUpStatus.ASKED)

    def escalated(self) -> Self:
        """The person did not answer two reminders: whoever accompanies them is asked."""
        return self.asked().filter(wait_step__gte=3)

    def due(self) -> Self:
        """The denominator: every question whose day has come, answered or not."""
        return self.exclude(status=FollowUpStatus.TO_COME)

    def with_situation(self) -> Self:
        return self.filter(status=FollowUpStatus.ANSWERED)

    def unknown(self) -> Self:
        """Shown and counted, never dropped."""
        return self.filter(status=FollowUpStatus.UNKNOWN)

    def at(self, moment: str) -> Self:
        return self.filter(moment=moment)

    def of(self, user: User) -> Self:
        """The candidate's own."""
        return self.filter(commitment__candidate__user=user)

    def followed_by(self, user: User) -> Self:
        """About the people that `user`, an advisor, accompanies."""
        return self.filter(self._accompanied_by(user))

    def of_companies(self, user: User) -> Self:
        """About the people whom a company of `user` has hired."""
        return self.filter(self._hired_by(user))

    def answerable_by(self, user: User) -> Self:
        """By whoever may say something of it: it is their dashboard's, and their pages'."""
        return self.filter(
            Q(commitment__candidate__user=user) | self._accompanied_by(user) | self._hired_by(user)
        )

    def in_territory_of(self, user: User) -> Self:
        return self.filter(commitment__offer__commune__department__in=departments_of(user))

    def for_list(self) -> Self:
        return self.select_related(
            "commitment__candidate__user",
            "commitment__company",
            "commitment__promise",
            "commitment__offer__commune",
            "commitment__application",
        )

    def _accompanied_by(self, user: User) -> Q:
        return Q(commitment__candidate__in=Following.objects.seen_by(user).values("candidate"))

    def _hired_by(self, user: User) -> Q:
        return Q(commitment__company__in=Company.objects.trusting(user), commitment__status__in=HIRED)
