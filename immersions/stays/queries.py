"""Which reports, absences, incidents: in words of the domain."""

from typing import Self

from django.db import models
from django.db.models import Q

from accounts.models import User
from candidates.structures.models import Following
from companies.models import Company
from immersions.stays.workflow import ReportStatus
from territories.agents import departments_of


class OfAnApplication(models.QuerySet):
    """Rows that belong to an application: who may read them follows from it."""

    def of(self, user: User) -> Self:
        return self.filter(application__candidate__user=user)

    def of_companies(self, user: User) -> Self:
        return self.filter(application__offer__company__in=Company.objects.trusting(user))

    def in_territory_of(self, user: User) -> Self:
        return self.filter(application__offer__commune__department__in=departments_of(user))

    def for_list(self) -> Self:
        return self.select_related(
            "application__offer__company", "application__offer__commune", "application__candidate__user"
        )


class ReportQuerySet(OfAnApplication):
    def open(self) -> Self:
        return self.filter(status=ReportStatus.ASKED)

    def given(self) -> Self:
        return self.filter(status=ReportStatus.GIVEN)

    def not_for_me(self) -> Self:
        """A good end, counted as one."""
        return self.given().filter(side="candidate", fits="no")

    def hired(self) -> Self:
        """Said by one side or the other: count the applications, not the rows."""
        return self.given().filter(goes_on="hired")


class AbsenceQuerySet(OfAnApplication):
    pass


class IncidentQuerySet(OfAnApplication):
    def seen_by_company(self) -> Self:
        """Never a candidate's discomfort, nor their words on an accident: only its own."""
        return self.filter(side="company")


class AttestationQuerySet(OfAnApplication):
    pass


def followed_by(user: User, candidate: str) -> Q:
    """Is the person at `candidate` (a path) accompanied by a structure of `user`, confirmed there?"""
    return Q(**{f"{candidate}__in": Following.objects.seen_by(user).values("candidate")})
