"""The ends of a signed project, one by one: what the figures count, each apart. Facts of the contract are
asked through the rows that the alcove above keeps about each project.
"""

from typing import Self

from django.db import models

from commitments.projects.exits import ENDED
from commitments.projects.workflow import CommitmentStatus as S

CONFIRMED, ONE_SIDED = "confirmed", "one_sided"


class EndsMixin(models.QuerySet):
    """Each project is in one of these at most, and in one of them once it is over."""

    def ended(self) -> Self:
        """Every end of a signed project, good or not."""
        return self.filter(status__in=ENDED)

    def kept(self) -> Self:
        """Hired, confirmed by both sides, and not below the promise."""
        return self._hired(CONFIRMED, is_kept=True)

    def not_kept(self) -> Self:
        """Hired, confirmed by both sides, below the promise: recorded, and why."""
        return self._hired(CONFIRMED, is_kept=False)

    def declared_by_one_side(self) -> Self:
        """Hired as the company says; the person did not answer."""
        return self.filter(status=S.HIRED, contracts__status=ONE_SIDED, contracts__is_outside_promise=False)

    def hired_early(self) -> Self:
        return self.filter(status=S.HIRED_EARLY)

    def conditions_unmet(self) -> Self:
        """Nobody's fault."""
        return self.filter(status=S.CONDITIONS_UNMET)

    def hired_outside_promise(self) -> Self:
        """Of those whose conditions were not met: hired all the same."""
        final = {"contracts__status__in": (CONFIRMED, ONE_SIDED), "contracts__is_outside_promise": True}
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

    def _hired(self, contract: str, *, is_kept: bool) -> Self:
        facts = {"contracts__status": contract, "contracts__is_kept": is_kept}
        return self.filter(status=S.HIRED, contracts__is_outside_promise=False, **facts)
