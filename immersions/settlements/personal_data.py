"""What this alcove keeps about a person (see core.personal_data)."""

from typing import Any

from accounts.models import User
from accounts.roles import CANDIDATE
from immersions.settlements.models import Settlement
from immersions.stays.personal_data import ERASED


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
    Settlement.objects.of(user).filter(side=CANDIDATE).update(words=ERASED)
