"""Which applications: in words of the domain."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef

from accounts.models import User
from companies.models import Company
from territories.agents import departments_of


class ApplicationQuerySet(models.QuerySet):
    def of(self, user: User) -> Self:
        """The candidate's own."""
        return self.filter(candidate__user=user)

    def received_by(self, user: User) -> Self:
        """Applications that `user` may read for a company: confirmed members only, because an
        application is personal data.
        """
        mine = Company.objects.trusting(user).filter(pk=OuterRef("offer__company"))
        return self.filter(Exists(mine))

    def in_territory_of(self, user: User) -> Self:
        return self.filter(offer__commune__department__in=departments_of(user))
