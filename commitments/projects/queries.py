"""Which commitments? In the words of the domain; the only place that says who may see which."""

from typing import TYPE_CHECKING, Self

from django.db import models

from commitments.projects.workflow import LIVE, CommitmentStatus

if TYPE_CHECKING:
    from commitments.projects.models import Commitment  # noqa: F401


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def proposed(self) -> Self:
        return self.filter(status=CommitmentStatus.PROPOSED)

    def live(self) -> Self:
        """Signed by both, and neither kept nor ended."""
        return self.filter(status__in=LIVE)
