"""What this alcove keeps about a person (see core.personal_data)."""

from typing import Any

from accounts.models import User
from immersions.freed.models import SlotWait


def export_waits(user: User) -> list[dict[str, Any]]:
    return [
        {
            "offre": it.slot.offer.title,
            "premier jour": it.slot.first_day.isoformat(),
            "demandé le": it.asked_at.isoformat(),
            "prévenu le": it.told_at.isoformat() if it.told_at else "",
        }
        for it in SlotWait.objects.of(user).for_list()
    ]


def erase_waits(user: User) -> None:
    SlotWait.objects.of(user).delete()
