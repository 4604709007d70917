"""Which people in training, absences, check-ins, worries, internships? In the words of the domain."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, DateField, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from candidates.structures.models import Following
from commitments.courses.workflow import CheckInStatus, ConcernStatus
from commitments.projects.workflow import LIVE
from commitments.seats.workflow import SeatStatus
from companies.models import Company
from territories.agents import departments_of
from territories.delays import USUAL_IN_COURSES, courses_apart, courses_in
from trainings.models import TrainingOrganisation

if TYPE_CHECKING:
    from commitments.courses.internship_models import Internship  # noqa: F401
    from commitments.courses.models import CheckIn, Concern, TrainingAbsence  # noqa: F401

IN_COURSE = (SeatStatus.ADMITTED, SeatStatus.ENTERED)
WAS_IN_COURSE = (SeatStatus.ENTERED, SeatStatus.FINISHED, SeatStatus.LEFT)


def in_companies_of(user: User, path: str) -> Q:
    """Rows whose company (`path`) `user` is a confirmed member of."""
    return Q(**{f"{path}__in": Company.objects.trusting(user)})


def accompanied_by(user: User, path: str) -> Q:
    return Q(**{f"{path}__in": Following.objects.seen_by(user).values("candidate")})


def trained_by(user: User, path: str) -> Q:
    organisation = f"{path}session__action__training__organisation"
    return Q(**{f"{organisation}__in": TrainingOrganisation.objects.trusting(user)})


def in_territory(user: User, path: str) -> Q:
    """Where the session is; where the person lives, when nobody says where the session is."""
    departments = departments_of(user)
    there = Q(**{f"{path}session__action__commune__department__in": departments})
    nowhere = Q(**{f"{path}session__action__commune": None})
    return there | (nowhere & Q(**{f"{path}candidate__commune__department__in": departments}))


class AbsenceQuerySet(models.QuerySet["TrainingAbsence"]):
    def current(self) -> Self:
        """Neither corrected nor cancelled."""
        return self.filter(is_current=True)


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    def to_ask(self) -> Self:
        """Planned, and their day has come."""
        return self.filter(
            status=CheckInStatus.PLANNED,
            due_on__lte=timezone.localdate(),
            seat_request__status=SeatStatus.ENTERED,
        )

    def asked(self) -> Self:
        return self.filter(status=CheckInStatus.ASKED)

    def current(self) -> Self:
        """Asked, answered or not, of a training under way, and of a company that still promises."""
        return self.exclude(status__in=(CheckInStatus.PLANNED, CheckInStatus.MOOT)).filter(
            Q(seat_request__session__ends_on=None)
            | Q(seat_request__session__ends_on__gte=timezone.localdate()),
            Q(side="candidate") | Q(seat_request__commitment__status__in=LIVE),
            seat_request__status=SeatStatus.ENTERED,
        )

    def of_a_path(self) -> Self:
        """Answered, or asked and still to be answered."""
        return self.filter(~Q(status=CheckInStatus.ASKED) | Q(pk__in=self.model._default_manager.current()))

    def overtaken(self) -> Self:
        """Asked, and the last day has passed without an answer."""
        return self.asked().filter(seat_request__session__ends_on__lt=timezone.localdate())

    def not_answered(self) -> Self:
        """Nothing was said yet, asked or not."""
        return self.filter(status__in=(CheckInStatus.PLANNED, CheckInStatus.ASKED))

    def of_candidate(self, user: User) -> Self:
        return self.filter(side="candidate", seat_request__candidate__user=user)

    def of_companies(self, user: User) -> Self:
        return self.filter(in_companies_of(user, "seat_request__commitment__company"), side="company")

    def in_territory_of(self, user: User) -> Self:
        return self.filter(in_territory(user, "seat_request__"))

    def for_list(self) -> Self:
        return self.select_related(
            "seat_request__candidate__user",
            "seat_request__candidate__commune__department",
            "seat_request__commitment__company",
            "seat_request__commitment__promise",
            "seat_request__session__action__training__organisation",
            "seat_request__session__action__commune__department",
        )


class ConcernQuerySet(models.QuerySet["Concern"]):
    def open(self) -> Self:
        return self.filter(status=ConcernStatus.OPEN)

    def followed_by(self, user: User) -> Self:
        return self.filter(accompanied_by(user, "seat_request__candidate"))

    def in_territory_of(self, user: User) -> Self:
        return self.filter(in_territory(user, "seat_request__"))

    def for_list(self) -> Self:
        return self.select_related(
            "seat_request__candidate__user",
            "seat_request__candidate__commune__department",
            "seat_request__session__action__training__organisation",
            "seat_request__session__action__commune__department",
        )


class InternshipQuerySet(models.QuerySet["Internship"]):
    def standing(self) -> Self:
        """Not cancelled."""
        return self.filter(cancelled_at=None)

    def touched(self) -> Self:
        """The organisation has said it, moved it or cancelled it, or a paper was given."""
        by_hand = Q(is_by_default=False) | Q(documents__isnull=False) | Q(changes__by__isnull=False)
        return self.filter(by_hand)

    def of_companies(self, user: User) -> Self:
        return self.filter(in_companies_of(user, "company"))

    def of_organisations(self, user: User) -> Self:
        return self.filter(trained_by(user, "seat_request__"))

    def readable_by(self, user: User) -> Self:
        """The person, the company that welcomes them, the organisation, the advisor. Nobody else."""
        return self.filter(
            Q(candidate__user=user)
            | in_companies_of(user, "company")
            | trained_by(user, "seat_request__")
            | accompanied_by(user, "candidate")
        )

    def given_by(self, user: User) -> Self:
        """Those whose agreement `user` may bring: the organisation's, the company's."""
        return self.filter(in_companies_of(user, "company") | trained_by(user, "seat_request__"))

    def soon(self) -> Self:
        """From as many days before the first day as the Region of the training says, to that day."""
        today = timezone.localdate()

        def until(days: int) -> Value:
            return Value(today + dt.timedelta(days=days), output_field=DateField())

        usual = until(USUAL_IN_COURSES.internship_notice_days)
        apart = [
            When(where=code, then=until(courses_in(code).internship_notice_days)) for code in courses_apart()
        ]
        rows = self.standing().filter(starts_on__gte=today, seat_request__status__in=IN_COURSE)
        where = Coalesce(
            "seat_request__session__action__commune__department",
            "seat_request__candidate__commune__department",
        )
        return rows.alias(where=where).filter(starts_on__lte=Case(*apart, default=usual) if apart else usual)

    def outside_their_session(self) -> Self:
        """To come, on days that the session does not have any more: its dates have moved."""
        session = "seat_request__session__"
        outside = Q(starts_on__lt=F(f"{session}starts_on")) | Q(ends_on__gt=F(f"{session}ends_on"))
        to_come = self.standing().filter(starts_on__gt=timezone.localdate())
        return to_come.filter(outside, seat_request__status__in=IN_COURSE)

    def in_territory_of(self, user: User) -> Self:
        return self.filter(in_territory(user, "seat_request__"))

    def for_list(self) -> Self:
        return self.select_related(
            "company",
            "candidate__user",
            "candidate__commune__department",
            "seat_request__commitment__company",
            "seat_request__commitment__promise",
            "seat_request__session__action__training__organisation",
            "seat_request__session__action__commune__department",
        )


PROMISED = Q(commitment__status__in=LIVE)
