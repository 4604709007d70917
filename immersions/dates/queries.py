"""Which proposals of dates: in words of the domain."""

from typing import Self

from django.db import models

from accounts.models import User
from companies.models import Company
from immersions.applications.workflow import BEFORE_START
from territories.agents import departments_of


class DateProposalQuerySet(models.QuerySet):
    def open(self) -> Self:
        """Still waiting for the other side."""
        return self.filter(status="open", application__status__in=BEFORE_START)

    def of(self, user: User) -> Self:
        """About the candidate's own applications."""
        return self.filter(application__candidate__user=user)

    def received_by(self, user: User) -> Self:
        """About the applications that `user` may read for a company."""
        return self.filter(application__offer__company__in=Company.objects.trusting(user))

    def in_territory_of(self, user: User) -> Self:
        return self.filter(application__offer__commune__department__in=departments_of(user))

    def for_page(self) -> Self:
        return self.select_related(
            "application__offer__company", "application__offer__commune", "application__candidate__user"
        )
