"""What the rules of a PMSMP need to know of one agreement, and what they answer."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

ADULT_AT = 18
PARIS = ZoneInfo("Europe/Paris")


class Severity(StrEnum):
    REFUSED = "refused"
    SIGNALLED = "signalled"


class Purpose(StrEnum):
    """The three objects of L.5135-1: one, and only one."""

    DISCOVER = "discover"
    CONFIRM = "confirm"
    RECRUIT = "recruit"


@dataclass(frozen=True, slots=True)
class Presence:
    """A stretch of presence, in local wall-clock time; it may end after midnight."""

    start: dt.datetime
    end: dt.datetime

    @property
    def length(self) -> dt.timedelta:
        """What the clock on the wall hides: the night of a change of hour lasts one hour more or
        less.
        """
        start, end = (moment.replace(tzinfo=PARIS).astimezone(dt.UTC) for moment in (self.start, self.end))
        return end - start


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """Another agreement of the same person: with the same host, or at the same time."""

    first_day: dt.date
    last_day: dt.date
    purpose: Purpose
    objectives: str
    same_host: bool
    days: int = 0
    """Days of presence; 0 counts the calendar days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that the rules need to know of one agreement."""

    today: dt.date
    first_day: dt.date
    last_day: dt.date
    presences: tuple[Presence, ...]
    birth_date: dt.date
    purpose: Purpose
    objectives: str = ""
    holidays: frozenset[dt.date] = frozenset()
    holidays_in_some_communes: frozenset[dt.date] = frozenset()
    """Good Friday in 57, 67, 68: only where there is a Protestant church and another one."""
    earlier: tuple[Earlier, ...] = ()
    renews: Earlier | None = None
    renewal_number: int = 0
    objectives_were_reached: bool = False
    has_representative: bool = False
    candidate_email: str = ""
    tutor_email: str = ""
    company_email: str = ""
    company_declares_no_replacement: bool = False
    forbidden_to_minors: tuple[str, ...] = ()
    """Hazards of the post among those of D.4153-15 ff. that the company has ticked."""

    @property
    def is_minor(self) -> bool:
        """Under 18 on the first day: a birthday during the immersion does not change the rules."""
        return age_on(self.birth_date, self.first_day) < ADULT_AT


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to repair (`REFUSED`) or to explain (`SIGNALLED`), at the field where one can."""

    code: str
    severity: Severity
    where: str
    sentence: str
    source: str
    day: dt.date | None = None
    """The day of the schedule it speaks of; the Monday, when it speaks of a week."""


def age_on(birth_date: dt.date, day: dt.date) -> int:
    """Whole years; someone born on 29 February has their birthday on 1 March in common years."""
    before_birthday = (day.month, day.day) < (birth_date.month, birth_date.day)
    return day.year - birth_date.year - before_birthday


def one_month_after(day: dt.date) -> dt.date:
    """Date to date: 31 January + 1 month is the last day of February (civil procedure, art. 641)."""
    year, month = divmod(day.year * 12 + day.month, 12)
    for number in range(day.day, 0, -1):
        try:
            return dt.date(year, month + 1, number)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")
