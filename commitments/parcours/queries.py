"""Which shares, which consultations? In the words of the domain."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import Membership, User

if TYPE_CHECKING:
    from commitments.parcours.models import PathAccess, PathShare  # noqa: F401

KEPT_DAYS = 365  # A year of consultations, as the page says.


class PathShareQuerySet(models.QuerySet["PathShare"]):
    def standing(self) -> Self:
        """Given, and not taken back."""
        return self.filter(revoked_at=None)

    def of(self, user: User) -> Self:
        """The candidate's own."""
        return self.filter(candidate__user=user)

    def given_to(self, user: User) -> Self:
        """To an organisation where `user` is a confirmed member."""
        mine = Membership.objects.confirmed().filter(user=user)
        return self.standing().filter(organisation__in=mine.values("organisation"))

    def not_read_by(self, user: User) -> Self:
        """Not opened by `user` since it was given."""
        accesses: Any = self.model._meta.apps.get_model("commitments", "PathAccess")
        since = OuterRef("given_at") - dt.timedelta(hours=1)  # A consultation is kept by its hour.
        seen = accesses.objects.filter(candidate=OuterRef("candidate"), user=user, hour__gt=since)
        return self.filter(~Exists(seen))


class PathAccessQuerySet(models.QuerySet["PathAccess"]):
    def of(self, user: User) -> Self:
        """About the candidate's own path."""
        return self.filter(candidate__user=user)

    def too_old(self) -> Self:
        return self.filter(hour__lt=timezone.now() - dt.timedelta(days=KEPT_DAYS))
