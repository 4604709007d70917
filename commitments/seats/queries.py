"""Which seat requests? In the words of the domain; the only place that says who may see which."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from accounts.models import User
from candidates.structures.models import Following
from commitments.projects.workflow import AMENDABLE, AmendmentStatus
from commitments.seats.workflow import BEFORE_ENTRY, LIVE, ProjectStatus, SeatStatus
from territories.agents import departments_of
from trainings.models import TrainingOrganisation

if TYPE_CHECKING:
    from commitments.seats.models import ProjectValidation, SeatRequest  # noqa: F401
    from trainings.models import Session

# With a promise that stands: who « left » a training then saw its session cancelled under way.
WITHOUT_SEAT = (
    SeatStatus.REFUSED,
    SeatStatus.LAPSED,
    SeatStatus.RELEASED,
    SeatStatus.WITHDRAWN,
    SeatStatus.LEFT,
)


class SeatRequestQuerySet(models.QuerySet["SeatRequest"]):
    def live(self) -> Self:
        return self.filter(status__in=LIVE)

    def before_entry(self) -> Self:
        """Not answered yet, waiting, or admitted: the training has not begun for them."""
        return self.filter(status__in=BEFORE_ENTRY)

    def to_answer(self) -> Self:
        """Those that an organisation must answer, the oldest first."""
        return self.filter(status=SeatStatus.REQUESTED).order_by("waiting_since", "pk")

    def without_advisor(self) -> Self:
        """An advisor must validate, and no structure was asked to accompany the person."""
        asked = Following.objects.live().filter(candidate=OuterRef("candidate"))
        return self.before_entry().filter(~Exists(asked), validation__status=ProjectStatus.TO_VALIDATE)

    def waiting_list(self, session: "Session") -> Self:
        """Who goes up next comes first."""
        waiting = self.filter(session=session, status=SeatStatus.WAITLISTED)
        return waiting.order_by("waitlisted_at", "pk")

    def admitted(self) -> Self:
        """Those to whom the organisation gave a seat, whether or not the training has begun."""
        given = (SeatStatus.ADMITTED, SeatStatus.ENTERED, SeatStatus.FINISHED)
        return self.filter(status__in=given, holds_seat=True)

    def held(self) -> Self:
        """Those whose seat is kept while they wait for an answer."""
        return self.filter(status=SeatStatus.REQUESTED, holds_seat=True)

    def of(self, user: User) -> Self:
        """The candidate's own."""
        return self.filter(candidate__user=user)

    def of_organisations(self, user: User) -> Self:
        """Those for the sessions of the organisations where `user` is a confirmed member."""
        mine = TrainingOrganisation.objects.trusting(user)
        return self.filter(session__action__training__organisation__in=mine)

    def to_organisations(self, organisations: Iterable[TrainingOrganisation]) -> Self:
        return self.filter(session__action__training__organisation__in=organisations)

    def followed_by(self, user: User) -> Self:
        """Those of the people that `user`, an advisor, accompanies."""
        return self.filter(candidate__in=Following.objects.seen_by(user).values("candidate"))

    def in_territory_of(self, user: User) -> Self:
        """Where the session is; where the person lives, when nobody says where the session is."""
        departments = departments_of(user)
        return self.filter(
            Q(session__action__commune__department__in=departments)
            | Q(session__action__commune=None, candidate__commune__department__in=departments)
        )

    def to_lapse(self) -> Self:
        """Not answered, and the session begins today. One that is entered at any time ends on its last day."""
        today = timezone.localdate()
        begun = Q(session__starts_on__lte=today, session__action__has_permanent_entry=False)
        over = Q(session__ends_on__lt=today)
        return self.filter(begun | over, status__in=(SeatStatus.REQUESTED, SeatStatus.WAITLISTED))

    def told_otherwise(self) -> Self:
        """Those whose session, before they enter, is not what they were told of it."""
        return self.before_entry()._differing()

    def told_otherwise_in_training(self) -> Self:
        """The same once they have entered. A session that is over leaves the catalogue: no news."""
        over = Q(session__ends_on__lt=timezone.localdate())
        entered = self.filter(status=SeatStatus.ENTERED)
        return entered._differing(of_no_news=over)

    def _differing(self, *, of_no_news: Q | None = None) -> Self:
        """Other dates, no more session at all, or there again."""
        gone = Q(session__cancelled_at__isnull=False)
        for way in ("session__", "session__action__", "session__action__training__"):
            gone |= Q(**{f"{way}closed_at__isnull": False})
        moved = ~Q(told_starts_on=F("session__starts_on")) | ~Q(told_ends_on=F("session__ends_on"))
        one_unknown = Q(told_starts_on=None, session__starts_on__isnull=False)
        one_unknown |= Q(told_starts_on__isnull=False, session__starts_on=None)
        one_unknown |= Q(told_ends_on=None, session__ends_on__isnull=False)
        one_unknown |= Q(told_ends_on__isnull=False, session__ends_on=None)
        vanished = gone & Q(told_gone=False)
        if of_no_news is not None:
            vanished &= ~of_no_news
        return self.filter(vanished | (~gone & Q(told_gone=True)) | (~gone & (moved | one_unknown)))

    def without_seat(self) -> Self:
        """Closed without a seat, while the promise stands and no other session is asked for."""
        live = self.model._base_manager.filter(commitment=OuterRef("commitment"), status__in=LIVE)
        lost = self.filter(status__in=WITHOUT_SEAT, commitment__status="sealed")
        return lost.filter(~Exists(live))

    def ending_too_late(self) -> Self:
        """The session has moved past the hiring that both signed, and nobody has asked for a later start yet."""
        promised = self.live().filter(
            commitment__status__in=AMENDABLE, session__ends_on__gte=F("commitment__starts_by")
        )
        return promised.exclude(commitment__amendments__status=AmendmentStatus.OPEN)

    def crossing_a_promise(self) -> Self:
        """Asked for without a promise, on days that the session of a signed project takes."""
        promised = self.model._base_manager.filter(
            candidate=OuterRef("candidate"),
            commitment__isnull=False,
            status__in=LIVE,
            session__starts_on__lte=OuterRef("session__ends_on"),
            session__ends_on__gte=OuterRef("session__starts_on"),
        )
        return self.before_entry().filter(Exists(promised), commitment=None)

    def to_choose(self) -> Self:
        """What the person must settle: no session any more, one too many, or one that ends too late."""
        lost = self.without_seat().exclude(commitment__amendments__status=AmendmentStatus.OPEN)
        rows = (lost, self.crossing_a_promise(), self.ending_too_late())
        return self.filter(reduce(or_, (Q(pk__in=it.values("pk")) for it in rows)))

    def to_heed(self) -> Self:
        """Something waits for the person before the training: a meeting to go to, a no to talk about."""
        asked = self.before_entry()
        to_come = asked.filter(status=SeatStatus.REQUESTED, meetings__at__gt=timezone.now())
        refused = asked.filter(validation__status=ProjectStatus.NOT_VALIDATED)
        return self.filter(Q(pk__in=to_come.values("pk")) | Q(pk__in=refused.values("pk")))

    def for_list(self) -> Self:
        """What a row shows, in one query."""
        return self.select_related(
            "candidate__user",
            "candidate__commune__department",
            "session__action__training__organisation",
            "session__action__commune__department",
            "commitment__company",
            "commitment__promise",
            "validation",
        )

    def for_page(self) -> Self:
        """What a page or a message needs, in a constant number of queries."""
        return self.for_list().select_related("session__seats").prefetch_related("meetings")


class ValidationQuerySet(models.QuerySet["ProjectValidation"]):
    def to_give(self) -> Self:
        """Those that an advisor must give, the oldest first."""
        waiting = self.filter(status=ProjectStatus.TO_VALIDATE, seat_request__status__in=BEFORE_ENTRY)
        return waiting.order_by("waiting_since", "pk")

    def to_settle(self) -> Self:
        """Those to give, and those refused for now, while the training has not begun."""
        asked = (ProjectStatus.TO_VALIDATE, ProjectStatus.NOT_VALIDATED)
        waiting = self.filter(status__in=asked, seat_request__status__in=BEFORE_ENTRY)
        return waiting.order_by("waiting_since", "pk")

    def followed_by(self, user: User) -> Self:
        """About the people that `user`, an advisor, accompanies."""
        people = Following.objects.seen_by(user).values("candidate")
        return self.filter(seat_request__candidate__in=people)

    def for_page(self) -> Self:
        whole = (
            "seat_request__candidate__user",
            "seat_request__candidate__commune__department",
            "seat_request__session__action__training__organisation",
            "seat_request__session__action__commune__department",
            "seat_request__commitment__company",
            "seat_request__commitment__promise",
        )
        return self.select_related(*whole)
