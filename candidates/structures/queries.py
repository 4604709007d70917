"""Which structures, and which people they accompany: in words of the domain."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from accounts.models import User, WithMembersQuerySet
from candidates.structures.workflow import LIVE, FollowingStatus
from territories.models import Commune
from territories.models.agents import departments_of
from territories.text import plain

NEAREST = 5


class SupportStructureQuerySet(WithMembersQuerySet):
    def in_territory_of(self, user: User) -> Self:
        if user.is_superuser:
            return self
        return self.filter(commune__department__in=departments_of(user))

    def open(self) -> Self:
        """Those that a person may choose."""
        return self.filter(is_open=True)

    def nearest_to(self, commune: Commune) -> Self:
        """The nearest first, as the crow flies."""
        square = (F("x") - commune.x) * (F("x") - commune.x) + (F("y") - commune.y) * (F("y") - commune.y)
        return self.annotate(square=square).order_by("square", "name", "pk")

    def named(self, text: str) -> Self:
        """Those whose name, town or code holds every word of `text`."""
        words = plain(text).split()
        if not words:
            return self.none()
        found = self
        for word in words:
            found = found.filter(
                Q(search_name__contains=word) | Q(external_code__iexact=word) | Q(postcode=word)
            )
        return found

    def for_list(self) -> Self:
        return self.select_related("commune__department")


class FollowingQuerySet(models.QuerySet):
    def of(self, user: User) -> Self:
        """The candidate's own."""
        return self.filter(candidate__user=user)

    def live(self) -> Self:
        return self.filter(status__in=LIVE)

    def waiting(self) -> Self:
        """Those who wait for a structure's answer, the oldest first."""
        return self.filter(status=FollowingStatus.ASKED).order_by("waiting_since", "pk")

    def followed(self) -> Self:
        return self.filter(status=FollowingStatus.FOLLOWED)

    def seen_by(self, user: User) -> Self:
        """The people of one's own structures, as long as they turn to them: confirmed members only."""
        return self.live().filter(structure__in=self._structures().trusting(user))

    def hidden_from(self, user: User) -> Self:
        """People who wait, whom a member not yet confirmed may only count."""
        structures = self._structures().filter(pk=OuterRef("structure"))
        mine, trusted = structures.managed_by(user), structures.trusting(user)
        return self.waiting().filter(Exists(mine), ~Exists(trusted))

    def _structures(self) -> SupportStructureQuerySet:
        structures: Any = self.model._meta.get_field("structure").related_model
        return structures.objects.all()

    def in_territory_of(self, user: User) -> Self:
        if user.is_superuser:
            return self
        return self.filter(structure__commune__department__in=departments_of(user))

    def for_list(self) -> Self:
        return self.select_related(
            "candidate__user", "candidate__commune", "structure__commune__department", "advisor"
        )
