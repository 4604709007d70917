"""Which shares, which consultations? In the words of the domain."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
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


class PathAccessQuerySet(models.QuerySet["PathAccess"]):
    def of(self, user: User) -> Self:
        """About the candidate's own path."""
        return self.filter(candidate__user=user)

    def too_old(self) -> Self:
        return self.filter(hour__lt=timezone.now() - dt.timedelta(days=KEPT_DAYS))
