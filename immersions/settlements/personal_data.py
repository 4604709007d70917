"""What this alcove keeps about a person (see core.personal_data)."""

from typing import Any

from accounts.models import User
from accounts.roles import CANDIDATE
from immersions.settlements.models import Settlement, SettlementEvent
from immersions.stays.personal_data import ERASED
from territories.actions import forget_agent_tasks


def export_settlements(user: User) -> list[dict[str, Any]]:
    """What was asked of an agent, and the answer: the company's own words are its own."""
    return [
        {
            "demandé le": it.asked_at.isoformat(),
            "mots": it.words if it.side == CANDIDATE else "",
            "état": it.get_status_display(),
            "du fait de": it.get_whose_display(),
            "raison": it.reason,
        }
        for it in Settlement.objects.of(user).order_by("asked_at")
    ]


def erase_settlements(user: User) -> None:
    """Whose doing it is stays said; why goes, whoever wrote it."""
    mine = Settlement.objects.of(user)
    SettlementEvent.objects.filter(settlement__in=mine).exclude(note="").update(note="")
    mine.exclude(reason="").update(reason=ERASED)
    mine.update(words=ERASED)
    for pk in mine.values_list("pk", flat=True):
        forget_agent_tasks(f"settlement/{pk}")
