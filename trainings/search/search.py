"""Which trainings a search gives: the one place that decides.

A training is found by its sessions: each must answer the whole question (there, then, with room), so
that no card promises the place of one session and the date of another. The page, its total, the
GeoJSON and the ways out share it.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Self

from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, DateField, Exists, Min, OuterRef, Q, QuerySet, Value, Window
from django.db.models.functions import Coalesce, Greatest
from django.http import QueryDict
from django.utils import timezone

from core.points import MetresFrom, metres_within
from territories.asking import Asked, asked_in
from territories.models import Occupation
from trainings.geometry import within
from trainings.models import Session, SkillBlock, Training, TrainingBlock, TrainingOccupation
from trainings.models.sessions import SessionQuerySet
from trainings.search.form import HIGHEST, TrainingSearchForm

METRES = 1000
TRAINING = "action__training"


@dataclass(frozen=True, kw_only=True)
class TrainingSearch(Asked):
    """Which trainings someone looks for."""

    families: tuple[str, ...] = ()
    level: int | None = None  # The diploma one has.
    levels_out: tuple[str, ...] = ()
    month: dt.date | None = None
    block_words: str = ""
    blocks: tuple[SkillBlock, ...] = ()
    one_block: bool = False
    everything: bool = False

    @classmethod
    def read(cls, parameters: QueryDict) -> Self:
        """Understand the address. What is wrong in it becomes a sentence."""
        form = TrainingSearchForm(parameters)
        form.is_valid()
        asked = form.cleaned_data
        block = " ".join(asked.get("bloc", "").split())
        return cls(
            **asked_in(asked),
            families=tuple(asked.get("famille", ())),
            level=asked.get("niveau"),
            levels_out=tuple(asked.get("sortie", ())),
            month=asked.get("mois"),
            block_words=block,
            blocks=tuple(SkillBlock.objects.named(block)) if block else (),
            one_block=asked.get("un_bloc", False),
            everything=asked.get("toutes", False),
            sentences=tuple(form.sentences()),
        )

    def filters(self) -> dict[str, Any]:
        return {
            "famille": self.families,
            "niveau": "" if self.level is None else self.level,
            "sortie": self.levels_out,
            "mois": f"{self.month:%Y-%m}" if self.month else "",
            "bloc": self.block_words,
            "un_bloc": "1" if self.one_block else "",
            "toutes": "1" if self.everything else "",
        }

    # --- Which sessions ----------------------------------------------------------------------
    def sessions(self) -> SessionQuerySet:
        """Every session that answers, in no order."""
        if self.place_is_missing:
            return Session.objects.none()
        return self.around(self.base()).filter(self.wishes())

    def base(self) -> SessionQuerySet:
        """What can be entered, paid by the Region; or all that the catalogue still announces."""
        return Session.objects.announced() if self.everything else Session.objects.bookable_for_pledge()

    def around(self, sessions: SessionQuerySet) -> SessionQuerySet:
        """Keep those of the circle: the index finds it, the place's own point decides."""
        if self.place is None:
            return sessions
        x, y = self.place.xy
        column = "action__position"
        return sessions.filter(
            within(column, self.radius_km, x, y), metres_within(column, self.radius_km * METRES, x, y)
        )

    def wishes(self) -> Q:
        """All that is asked besides the place."""
        wishes = self.of_the_trade() & self.of_the_level()
        if self.families:
            family = Q()
            for letter in self.families:
                family |= Q(occupation__code__startswith=letter)
            wishes &= linked(family)
        if self.month:
            wishes &= self.in_that_month()
        if self.block_words:
            wishes &= Q(Exists(taught().filter(block__in=self.blocks)))
        if self.one_block:
            blocks = TrainingBlock.objects.order_by().values("training").annotate(count=Count("pk"))
            wishes &= Q(action__training__in=blocks.filter(count=1).values("training"))
        return wishes

    def of_the_trade(self) -> Q:
        asked = self.asked_occupation
        if asked is None:
            return Q()
        if asked.is_unknown:
            return Q(pk__in=[])
        if asked.occupation:
            return linked(Q(occupation__in=same_trades([asked.occupation])))
        words = SearchQuery(asked.typed, config="public.fr", search_type="plain")
        said = Training.objects.filter(search=words).order_by().values("pk")
        if asked.meant:  # Two short lists, each by its own index: an « or » would read every training.
            links = TrainingOccupation.objects.filter(occupation__in=same_trades(asked.meant))
            said = said.union(links.order_by().values("training"))
        return Q(action__training__in=said)

    def of_the_level(self) -> Q:
        """One may enter with one's diploma, unless another is asked for; unknown is open."""
        wishes = Q()
        if self.level is not None:
            wishes &= Q(action__training__level_in=None) | Q(action__training__level_in__lte=self.level)
        if self.levels_out:
            levels = {int(level) for level in self.levels_out}
            out = Q(action__training__level_out__in=levels)
            if HIGHEST in levels:
                out |= Q(action__training__level_out__gte=HIGHEST)
            wishes &= out
        return wishes

    def in_that_month(self) -> Q:
        """Begins then, or is entered at any time and not over by then."""
        first = self.month
        last = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
        at_any_time = Q(action__has_permanent_entry=True) & (Q(ends_on=None) | Q(ends_on__gte=first))
        return Q(starts_on__range=(first, last)) | at_any_time

    # --- Which trainings, in which order -------------------------------------------------------
    def trainings(self) -> QuerySet:
        """One row per training found: its number, how far its nearest place is, its next start, and how
        many there are in all. In an order that no two pages can tell differently.
        """
        today = timezone.localdate()
        soon = Min(Greatest(Coalesce("starts_on", today), Value(today, DateField())))
        rows = self.sessions().order_by().values(TRAINING)
        if self.place is not None:
            rows = rows.annotate(metres=Min(MetresFrom("action__position", *self.place.xy)))
        rows = rows.annotate(soon=soon, total=Window(Count("*")))
        if self.is_sorted_by_date:
            return rows.order_by("soon", TRAINING)
        return rows.order_by("metres", "soon", TRAINING)

    def count(self) -> int:
        return self.sessions().aggregate(count=Count(TRAINING, distinct=True))["count"]


def linked(condition: Q) -> Q:
    links = TrainingOccupation.objects.filter(condition, training=OuterRef(TRAINING))
    return Q(Exists(links))


def taught() -> QuerySet:
    return TrainingBlock.objects.filter(training=OuterRef(TRAINING))


def same_trades(occupations: Any) -> QuerySet[Occupation]:
    """These, and those that share their parent codes."""
    parents = {each.parent_code for each in occupations if each.parent_code}
    same = Q(pk__in=[each.pk for each in occupations])
    return Occupation.objects.filter(same | Q(parent_code__in=parents) if parents else same)
