"""The ends of a signed project, one by one: what the figures count, each apart. Facts of the contract are
asked through the rows that the alcove above keeps about each project.
"""

from typing import Self

from django.db import models
from django.db.models import OuterRef, Subquery

from commitments.projects.exits import ENDED
from commitments.projects.workflow import CommitmentStatus as S

CONFIRMED, ONE_SIDED, DECIDED = "confirmed", "one_sided", "decided"
SURE = (CONFIRMED, DECIDED)  # Both say so, or an agent has read it.
CONTESTED = ("disputed", "unsettled")


class EndsMixin(models.QuerySet):
    """Each project is in one of these at most, and in one of them once it is over."""

    def ended(self) -> Self:
        """Every end of a signed project, good or not."""
        return self.filter(status__in=ENDED)

    def kept(self) -> Self:
        """Hired, confirmed by both sides or decided by an agent, and not below the promise."""
        return self._hired(is_kept=True)

    def not_kept(self) -> Self:
        """The same, below the promise: recorded, and why."""
        return self._hired(is_kept=False)

    def declared_by_one_side(self) -> Self:
        """Hired as the company says; the person did not answer."""
        return self.filter(status=S.HIRED, contracts__status=ONE_SIDED, contracts__is_outside_promise=False)

    def contested(self) -> Self:
        """The person says that the declared contract is not so, and nothing settles it: neither kept nor not.
        A new declaration is not contested until it is.
        """
        contracts = self.model._meta.get_field("contracts").related_model._base_manager
        last = contracts.filter(commitment=OuterRef("pk")).order_by("-declared_at", "-pk")
        return (
            self.filter(status=S.ACCEPTED)
            .alias(last=Subquery(last.values("status")[:1]))
            .filter(last__in=CONTESTED)
        )

    def hired_early(self) -> Self:
        return self.filter(status=S.HIRED_EARLY)

    def conditions_unmet(self) -> Self:
        """Nobody's fault."""
        return self.filter(status=S.CONDITIONS_UNMET)

    def hired_outside_promise(self) -> Self:
        """Of those whose conditions were not met: hired all the same."""
        final = {"contracts__status__in": (*SURE, ONE_SIDED), "contracts__is_outside_promise": True}
        return self.filter(status=S.CONDITIONS_UNMET, **final)

    def declined(self) -> Self:
        return self.filter(status=S.DECLINED)

    def broken(self) -> Self:
        return self.filter(status=S.BROKEN_BY_COMPANY)

    def withdrawn(self) -> Self:
        return self.filter(status=S.WITHDRAWN_BY_CANDIDATE)

    def without_seat(self) -> Self:
        return self.filter(status=S.NO_SEAT)

    def dropped_out(self) -> Self:
        return self.filter(status=S.DROPPED_OUT)

    def _hired(self, *, is_kept: bool) -> Self:
        facts = {"contracts__status__in": SURE, "contracts__is_kept": is_kept}
        return self.filter(status=S.HIRED, contracts__is_outside_promise=False, **facts)
