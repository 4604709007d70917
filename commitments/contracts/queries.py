"""Which contracts, and which ends? Each end of a project has its own rows, so that each is counted."""

from typing import TYPE_CHECKING, Self

from django.db import models

from accounts.models import User
from commitments.contracts.workflow import FINAL, OPEN, ContractStatus
from territories.agents import departments_of

if TYPE_CHECKING:
    from commitments.contracts.models import Contract  # noqa: F401
    from commitments.projects.models import Commitment


class ContractQuerySet(models.QuerySet["Contract"]):
    def open(self) -> Self:
        """Declared and not settled."""
        return self.filter(status__in=OPEN)

    def to_confirm(self) -> Self:
        return self.filter(status=ContractStatus.DECLARED)

    def disputed(self) -> Self:
        """Two versions, and nobody has settled it yet."""
        return self.filter(status=ContractStatus.DISPUTED)

    def final(self) -> Self:
        """Confirmed by both, said by one side for thirty days, or decided by an agent."""
        return self.filter(status__in=FINAL)

    def inside_promise(self) -> Self:
        return self.filter(is_outside_promise=False)

    def outside_promise(self) -> Self:
        """Hired although the conditions were not met: counted apart."""
        return self.filter(is_outside_promise=True)

    def in_territory_of(self, user: User) -> Self:
        return self.filter(commitment__offer__commune__department__in=departments_of(user))

    def of_commitment(self, commitment: "Commitment") -> Self:
        return self.filter(commitment=commitment)
