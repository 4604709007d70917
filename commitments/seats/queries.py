"""Which seat requests? In the words of the domain; the only place that says who may see which."""

from typing import TYPE_CHECKING, Self

from django.db import models

from commitments.seats.workflow import LIVE

if TYPE_CHECKING:
    from commitments.seats.models import SeatRequest  # noqa: F401


class SeatRequestQuerySet(models.QuerySet["SeatRequest"]):
    def live(self) -> Self:
        return self.filter(status__in=LIVE)
