"""One line of a table of the demo, on its way."""

import datetime as dt
from dataclasses import dataclass, field

from django.utils import timezone

from accounts.models import User
from candidates.models import Candidate
from candidates.structures.models import Following
from immersions.agreements.models import Agreement
from immersions.applications.models import Application
from immersions.applications.places import LONGEST_DAY, AgreedDates
from immersions.applications.words import half_days_in
from immersions.offers.models import Offer
from territories.working_days import ONE_DAY, is_working_day
from traitdunion.demo.offers import hours_of


@dataclass(slots=True)
class Story:
    """Who asks for what, and how far it goes."""

    row: dict[str, str]
    offer: Offer
    candidate: Candidate
    company: User
    application: Application | None = None
    today: dt.date = field(default_factory=timezone.localdate)

    @property
    def person(self) -> User:
        return self.candidate.user

    @property
    def advisor(self) -> User:
        """Whoever follows this person; their structure's first member before anybody does."""
        following = (
            Following.objects.live().select_related("structure", "advisor").get(candidate=self.candidate)
        )
        return following.advisor or following.structure.confirmed_members().order_by("pk").first()

    @property
    def agreement(self) -> Agreement:
        """As it stands now; the last one."""
        return Agreement.objects.for_page().filter(application=self.application).latest("pk")


def dates_around(offer: Offer, today: dt.date, *, begins: int, days: int) -> AgreedDates:
    """From `begins` working days away, for `days` working days at most: what the offer and the calendar allow."""
    department = offer.commune.department_id
    first = last = _working_day(today, begins, department)
    starts_at, ends_at = hours_of({"weight": offer.weight, "trade": offer.occupation_id})
    ends_at = min(ends_at, (dt.datetime.combine(first, starts_at) + LONGEST_DAY).time())
    for _ in range(days - 1):
        after = _working_day(last, 1, department)
        if half_days_in(first, after, starts_at, ends_at) <= (offer.half_days or 0):
            last = after
    return AgreedDates(first, last, starts_at, ends_at)


def _working_day(day: dt.date, away: int, department: str) -> dt.date:
    step = ONE_DAY if away > 0 else -ONE_DAY
    left = abs(away)
    while left:
        day += step
        left -= is_working_day(day, department)
    return day
