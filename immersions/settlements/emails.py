"""The messages about an absence that an agent settles. Nothing is sent here."""

from typing import Any

from accounts.roles import CANDIDATE
from core import french
from core.outbox import Message
from immersions.applications.emails import to_candidate, to_company
from immersions.settlements.models import Settlement
from immersions.stays.emails import to_advisors


def asked(settlement: Settlement) -> list[Message]:
    """The other side and the advisor know that an agent reads both versions."""
    return _to_all(
        settlement,
        "absence_asked",
        by_candidate=settlement.side == CANDIDATE,
        open_until=french.day(settlement.open_until),
    )


def settled(settlement: Settlement) -> list[Message]:
    whose = settlement.get_whose_display()
    return _to_all(settlement, "absence_settled", whose=whose, reason=settlement.reason)


def left_open(settlement: Settlement) -> list[Message]:
    return _to_all(settlement, "absence_left_open")


def _to_all(settlement: Settlement, kind: str, **context: Any) -> list[Message]:
    application, change = settlement.application, f"settlement/{settlement.pk}/{kind}"
    name = application.candidate.user.get_full_name()
    return [
        to_candidate(application, f"stay_{kind}", change, to_whom="candidate", **context),
        *to_company(application, f"stay_{kind}", change, to_whom="company", **context),
        *to_advisors(application, kind, change, to_whom="advisor", full_name=name, **context),
    ]
