"""Which agreements: in words of the domain."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from candidates.structures.models import Following, SupportStructure
from companies.models import Company
from immersions.agreements.workflow import LIVE, WAITS_FOR_SIGNATURES
from territories.agents import departments_of


class AgreementQuerySet(models.QuerySet):
    def live(self) -> Self:
        return self.filter(status__in=LIVE)

    def of(self, user: User) -> Self:
        """The candidate's own."""
        return self.filter(application__candidate__user=user)

    def of_companies(self, user: User) -> Self:
        """Those of the companies where `user` is a confirmed member: they hold personal data."""
        mine = Company.objects.trusting(user).filter(pk=OuterRef("application__offer__company"))
        return self.filter(Exists(mine))

    def of_structures(self, user: User) -> Self:
        """Those that the structures of `user`, a confirmed member, prescribe."""
        return self.filter(self._prescribed_by(user))

    def readable_by(self, user: User) -> Self:
        """The three parties; nobody else."""
        mine = Company.objects.trusting(user).filter(pk=OuterRef("application__offer__company"))
        return self.filter(Q(application__candidate__user=user) | Exists(mine) | self._prescribed_by(user))

    def _prescribed_by(self, user: User) -> Q:
        """The structure of the frozen text; before, the one that accompanies the person."""
        fixed = SupportStructure.objects.trusting(user).filter(pk=OuterRef("structure"))
        people = Following.objects.seen_by(user).filter(candidate=OuterRef("application__candidate"))
        return Q(Exists(fixed)) | (Q(structure=None) & Q(Exists(people)))

    def in_territory_of(self, user: User) -> Self:
        return self.filter(application__offer__commune__department__in=departments_of(user))

    def to_do(self) -> Self:
        return self.filter(status__in=("draft", *WAITS_FOR_SIGNATURES))

    def for_page(self) -> Self:
        """What a page or a text needs, in a constant number of queries."""
        return self.select_related(
            "application__offer__company__organisation",
            "application__offer__commune__department",
            "application__offer__detail",
            "application__offer__workplace__commune",
            "application__offer__occupation",
            "application__candidate__user",
            "application__candidate__commune",
            "structure__commune",
            "advisor",
        ).prefetch_related("parts", "signatories", "versions__signatures", "application__bookings__slot")
