"""Which training needs: in words of the domain."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from accounts.models import User
from immersions.needs.workflow import NeedStatus
from territories.agents import departments_of

if TYPE_CHECKING:
    from immersions.offers.models import Offer


class TrainingNeedQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(status=NeedStatus.OPEN)

    def of_offer(self, offer: "Offer") -> Self:
        """The need that this offer waits with today, if any."""
        return self.filter(shares__offer=offer, shares__left_at=None)

    def in_territory_of(self, user: User) -> Self:
        """Where it was opened, or where one of its offers is: a basin may lie in two departments."""
        here = departments_of(user)
        shared = self.model._base_manager.filter(shares__offer__commune__department__in=here)
        return self.filter(Q(department__in=here) | Q(pk__in=shared.values("pk")))

    def with_posts(self) -> Self:
        """Each with `posts`: those of the offers that still wait; an offer that promises none counts for one."""
        waiting = Q(shares__left_at=None)
        return self.annotate(posts=Coalesce(Sum(Coalesce("shares__offer__posts", 1), filter=waiting), 0))

    def by_answer(self) -> dict[str, int]:
        """How many of each answer; "" counts those that nobody answered."""
        rows = self.order_by().values_list("answer").annotate(count=Count("pk"))
        return dict(rows)

    def by_basin(self) -> dict[str, int]:
        """How many in each basin; "" counts those of no basin."""
        rows = self.order_by().values_list("basin__name").annotate(count=Count("pk"))
        return {name or "": count for name, count in rows}
