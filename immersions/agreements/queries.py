"""Which agreements: in words of the domain."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Case, Exists, OuterRef, Prefetch, Q, Value, When

from accounts.models import User
from candidates.structures.models import Channel, Following, SupportStructure
from companies.models import Company
from core import archive
from immersions.agreements.workflow import FROZEN, LIVE, SETTLED, WAITS_FOR_SIGNATURES
from immersions.offers.models import Offer
from territories.agents import departments_of

# Someone has signed on Immersion Facilitée, in its words.
SIGNED_THERE = ("PARTIALLY_SIGNED", "IN_REVIEW", "ACCEPTED_BY_COUNSELLOR", "ACCEPTED_BY_VALIDATOR")


def _settled_before(instant: dt.datetime) -> Q:
    return Q(status__in=SETTLED, status_since__lt=instant)


class AgreementQuerySet(models.QuerySet):
    def live(self) -> Self:
        return self.filter(status__in=LIVE)

    def forgotten(self) -> Self:
        """Settled for so long that no name is left of them."""
        return self.filter(_settled_before(archive.forgotten_before()))

    def of(self, user: User) -> Self:
        """The candidate's own."""
        return self.filter(application__candidate__user=user)

    def of_companies(self, user: User) -> Self:
        """Those of the companies where `user` is a confirmed member: they hold personal data."""
        return self.filter(application__offer__company__in=Company.objects.trusting(user))

    def of_structures(self, user: User) -> Self:
        """Those that the structures of `user`, a confirmed member, prescribe."""
        return self.filter(self._prescribed_by(user))

    def readable_by(self, user: User) -> Self:
        """The three parties; nobody else."""
        mine = Q(application__offer__company__in=Company.objects.trusting(user))
        return self.filter(Q(application__candidate__user=user) | mine | self._prescribed_by(user))

    def _prescribed_by(self, user: User) -> Q:
        """The structure of the frozen text; before, the one that accompanies the person."""
        people = Following.objects.seen_by(user).values("candidate")
        return Q(structure__in=SupportStructure.objects.trusting(user)) | Q(
            structure=None, application__candidate__in=people
        )

    def in_territory_of(self, user: User) -> Self:
        """Those of their departments, until nothing is left but figures."""
        return self.exclude(_settled_before(archive.forgotten_before())).filter(
            application__offer__commune__department__in=departments_of(user)
        )

    def to_do(self) -> Self:
        return self.filter(status__in=("draft", *WAITS_FOR_SIGNATURES))

    def with_channel(self) -> Self:
        """`made_there`: made on Immersion Facilitée, by the choice of the structure that accompanies
        the person. A signature settles it, on whichever side it was given first.
        """
        people = Following.objects.live().filter(
            structure__agreement_channel=Channel.IMMERSION_FACILITEE,
            candidate=OuterRef("application__candidate"),
        )
        return self.annotate(
            made_there=Case(
                When(self._is_signed(), then=Value(value=False)),
                When(application__external_agreement__status__in=SIGNED_THERE, then=Value(value=True)),
                When(Exists(people), then=Value(value=True)),
                default=Value(value=False),
            )
        )

    def signed(self) -> Self:
        """Somebody has signed the text as it stands."""
        return self.filter(self._is_signed())

    def _is_signed(self) -> Q:
        versions = self.model._meta.get_field("versions").related_model._default_manager
        newer = versions.filter(agreement=OuterRef("agreement"), number__gt=OuterRef("number"))
        signed = versions.filter(~Exists(newer), agreement=OuterRef("pk"), signatures__isnull=False)
        return Q(status__in=FROZEN) & Q(Exists(signed))

    def for_page(self) -> Self:
        """What a page or a text needs, in a constant number of queries."""
        # Not one query: PostgreSQL takes longer to find an order for sixteen tables than to read them.
        offers = Offer.objects.select_related("company__organisation", "commune__department", "detail")
        return (
            self.with_channel()
            .select_related("application__candidate__user", "application__candidate__commune")
            .select_related("structure__commune", "advisor")
            .prefetch_related(Prefetch("application__offer", offers), "application__offer__occupation")
            .prefetch_related("application__offer__workplace__commune")
            .prefetch_related("parts", "signatories", "versions__signatures", "application__bookings__slot")
        )
