"""Which commitments? In the words of the domain; the only place that says who may see which."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Prefetch, Q

from accounts.models import User
from candidates.structures.models import Following
from commitments.projects.ends import EndsMixin
from commitments.projects.workflow import HOLDS_POST, LIVE, OPEN, CommitmentStatus
from companies.models import Company
from core import archive
from immersions.offers.models import Offer
from territories.agents import departments_of
from trainings.models import TrainingOrganisation

if TYPE_CHECKING:
    from commitments.projects.models import Commitment  # noqa: F401
    from commitments.projects.texts import PromiseWording
    from territories.models import Region


def _over_before(instant: dt.datetime) -> Q:
    return ~Q(status__in=OPEN) & Q(status_since__lt=instant)


class CommitmentQuerySet(EndsMixin, models.QuerySet["Commitment"]):
    def proposed(self) -> Self:
        return self.filter(status=CommitmentStatus.PROPOSED)

    def whole(self) -> Self:
        """Both halves are written, whether they are signed or not."""
        return self.filter(promise__written_at__isnull=False, pledge__written_at__isnull=False)

    def live(self) -> Self:
        """Signed by both, and neither kept nor ended."""
        return self.filter(status__in=LIVE)

    def open(self) -> Self:
        """Proposed or live: something is still to come."""
        return self.filter(status__in=OPEN)

    def forgotten(self) -> Self:
        """Over for so long that no name is left of them."""
        return self.filter(_over_before(archive.forgotten_before()))

    def at_hand(self) -> Self:
        """All but those that are over for so long that only agents read them."""
        return self.exclude(_over_before(archive.closed_before()))

    def holding_a_post(self) -> Self:
        return self.filter(status__in=HOLDS_POST)

    def was_sealed(self) -> Self:
        return self.filter(sealed_on__isnull=False)

    def of(self, user: User) -> Self:
        """The candidate's own."""
        return self.filter(candidate__user=user)

    def of_companies(self, user: User) -> Self:
        """Those of the companies where `user` is a confirmed member: they hold personal data."""
        return self.at_hand().filter(self._in_company(user))

    def followed_by(self, user: User) -> Self:
        """Those of the people that `user`, an advisor, accompanies."""
        return self.filter(self._accompanied_by(user))

    def of_organisations(self, user: User) -> Self:
        """Signed ones, whose training is given by an organisation of `user`."""
        return self.was_sealed().filter(self._trained_by(user))

    def readable_by(self, user: User) -> Self:
        """Both sides, and the advisor; the organisation once it is signed. Nobody else."""
        return self.filter(
            Q(candidate__user=user)
            | self._in_company(user)
            | self._accompanied_by(user)
            | (Q(sealed_on__isnull=False) & self._trained_by(user))
        )

    def in_territory_of(self, user: User) -> Self:
        """Those of their departments, until nothing is left but figures."""
        return self.exclude(_over_before(archive.forgotten_before())).filter(
            offer__commune__department__in=departments_of(user)
        )

    def for_list(self) -> Self:
        """What a row shows, in one query."""
        return self.select_related(
            "candidate__user",
            "company",
            "offer__commune__department",
            "promise",
            "pledge__session__action__training__organisation",
        )

    def for_page(self) -> Self:
        """What a page or a text needs, in a constant number of queries."""
        # Not one query: a stranger, who finds nothing, does not pay for what is beside it.
        halves = {
            "promise": ("occupation",),
            "pledge": ("session__action__training__organisation", "session__action__commune"),
        }
        offers = Offer.objects.select_related("commune__department__region", "occupation")
        return (
            self.select_related(
                "application__offer", "candidate__user", "candidate__commune", "company__organisation"
            )
            .prefetch_related(Prefetch("offer", offers))
            .prefetch_related(
                *(
                    Prefetch(half, self._half(half).select_related(*with_it))
                    for half, with_it in halves.items()
                )
            )
            .prefetch_related("versions__signatures", "signatories", "amendments__version__signatures")
        )

    def _half(self, name: str) -> models.QuerySet:
        return self.model._meta.get_field(name).related_model._default_manager.all()

    def _in_company(self, user: User) -> Q:
        return Q(company__in=Company.objects.trusting(user))

    def _accompanied_by(self, user: User) -> Q:
        return Q(candidate__in=Following.objects.seen_by(user).values("candidate"))

    def _trained_by(self, user: User) -> Q:
        return Q(
            pledge__session__action__training__organisation__in=TrainingOrganisation.objects.trusting(user)
        )


class WordingQuerySet(models.QuerySet["PromiseWording"]):
    def published(self) -> Self:
        return self.filter(published_at__isnull=False)

    def in_force(self, region: "Region | None") -> "PromiseWording":
        """The last one published for this region, else for all."""
        rows = self.published().filter(Q(region=region) | Q(region=None))
        return rows.order_by(F("region").asc(nulls_last=True), "-published_at", "-number").first()

    def in_territory_of(self, user: User) -> Self:
        """Everybody's, and those of the regions that `user` watches over."""
        regions = departments_of(user).values("region")
        return self.filter(Q(region=None) | Q(region__in=regions))
