"""A training under way: when its organisation is asked, when both sides are, and who looks after a worry.

The seat request itself moves by `commitments.seats.workflow` (enter, not come, finish, leave). Here are
the check-ins (« Tout va bien ? ») and the files to look after (« dossier à suivre »), read top to bottom.
"""

import datetime as dt

from django.db.models import TextChoices

from accounts.roles import ADVISOR, AGENT, CANDIDATE, COMPANY, ORGANISATION
from commitments.seats.workflow import SeatStatus
from core.workflow import SYSTEM, Transition, Wait, Workflow
from territories.delays import courses_in
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
PLAN_AGAIN = Transition(  # The entry was a mistake, then it is said again; or the session lasts longer.
    name="plan_again", label="Prévoir de nouveau", sources=(C.MOOT,), target=C.PLANNED, who=(SYSTEM,),
)
SKIP = Transition(
    name="skip", label="Ne plus demander", sources=(C.PLANNED, C.ASKED), target=C.MOOT, who=(SYSTEM,),
)

CHECK_IN_WORKFLOW = Workflow(
    transitions=(ASK, SAY_FINE, SAY_WORRIED, GO_SILENT, PLAN_AGAIN, SKIP),
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


def moments_between(first: dt.date, last: dt.date, department: str = "") -> list[dt.date]:
    """The days on which one asks, at work for both: in the middle; at both thirds of a long training; never
    in a short one. Its Region says what is short and long.
    """
    days, region = (last - first).days, courses_in(department)
    times = (days >= region.check_in_from_days) + (days >= region.check_in_twice_from_days)
    asked = (first + ONE_DAY * (days * number // (times + 1)) for number in range(1, times + 1))
    return [working_days_after(day - ONE_DAY, 1, department) for day in asked]
