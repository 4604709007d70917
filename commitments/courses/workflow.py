"""A training under way: when its organisation is asked, when both sides are, and who looks after a worry.

The seat request itself moves by `commitments.seats.workflow` (enter, not come, finish, leave). Here are
the check-ins (« Tout va bien ? ») and the files to look after (« dossier à suivre »), read top to bottom.
"""

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import TextChoices

from accounts.roles import ADVISOR, AGENT, CANDIDATE, COMPANY, ORGANISATION
from commitments.seats.workflow import SeatStatus
from core.workflow import SYSTEM, Transition, Wait, Workflow
from territories.working_days import ONE_DAY, working_days_after


class CheckInStatus(TextChoices):
    PLANNED = "planned", "À venir"
    ASKED = "asked", "Demandé"
    FINE = "fine", "Tout va bien"
    WORRIED = "worried", "Inquiet"
    SILENT = "silent", "Sans réponse"
    MOOT = "moot", "Sans objet"


class ConcernStatus(TextChoices):
    OPEN = "open", "À suivre"
    CLOSED = "closed", "Suivi"


C = CheckInStatus
SIDES = (CANDIDATE, COMPANY)

# fmt: off
PLAN = "plan"  # The row's first line: there is nothing before it to move from.
ASK = Transition(
    name="ask", label="Demander si tout va bien", sources=(C.PLANNED,), target=C.ASKED,
    who=(SYSTEM,), owes=("commitments/check_in",),
)
SAY_FINE = Transition(
    name="say_fine", label="Tout va bien", sources=(C.ASKED, C.SILENT), target=C.FINE, who=SIDES,
)
SAY_WORRIED = Transition(  # Also after « tout va bien »: things change.
    name="say_worried", label="Quelque chose m’inquiète", sources=(C.ASKED, C.SILENT, C.FINE), target=C.WORRIED,
    who=SIDES, owes=("commitments/concern",),
)
GO_SILENT = Transition(
    name="go_silent", label="Noter le silence", sources=(C.ASKED,), target=C.SILENT, who=(SYSTEM,),
)
SKIP = Transition(
    name="skip", label="Ne plus demander", sources=(C.PLANNED, C.ASKED), target=C.MOOT, who=(SYSTEM,),
)

CHECK_IN_WORKFLOW = Workflow(
    transitions=(ASK, SAY_FINE, SAY_WORRIED, GO_SILENT, SKIP),
    waits=(  # Calendar days. Silence blocks nothing: it is written down.
        Wait(status=C.ASKED, owner="candidate, company", reminders=(3, 7), end=12),
    ),
)

OPEN = "open"
CLOSE = Transition(
    name="close", label="C’est suivi", sources=(ConcernStatus.OPEN,), target=ConcernStatus.CLOSED,
    who=(ADVISOR, AGENT), needs_reason=True,
)
CONCERN_WORKFLOW = Workflow(
    transitions=(CLOSE,),
    waits=(  # Working days. No end by silence: an agent.
        Wait(status=ConcernStatus.OPEN, owner=ADVISOR, reminders=(2, 5), escalation=7),
    ),
)
# fmt: on

SILENCES = 2  # In one file, on whichever side: then somebody calls.

# What a date asks of the organisation: counted in working days from the session's own day, which may
# move; so not from `waiting_since`. No end by silence: an agent.
ENTRY = Wait(status=SeatStatus.ADMITTED, owner=ORGANISATION, reminders=(2, 5), escalation=7)
RESULT = Wait(status=SeatStatus.ENTERED, owner=ORGANISATION, reminders=(5, 10), escalation=15)

INTERNSHIP_TOLD_BEFORE = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Moments:
    """When both sides are asked, for trainings of at least so many days: fractions of the whole."""

    days: int
    at: tuple[Fraction, ...]


MOMENTS = (
    Moments(122, (Fraction(1, 3), Fraction(2, 3))),  # More than four months.
    Moments(8, (Fraction(1, 2),)),
)


def moments_between(first: dt.date, last: dt.date) -> list[dt.date]:
    """The days on which one asks, at work for both; none for a training of a week."""
    days = (last - first).days
    found = next((it.at for it in MOMENTS if days > it.days), ())
    asked = (first + dt.timedelta(days=int(days * share)) for share in found)
    return [working_days_after(day - ONE_DAY, 1) for day in asked]
