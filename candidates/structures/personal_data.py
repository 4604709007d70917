"""What this alcove keeps about a person (see core.personal_data)."""

from typing import Any

from accounts.models import User
from candidates.structures.models import Following


def export_followings(user: User) -> list[dict[str, Any]]:
    return [
        {
            "structure": following.structure.name,
            "état": following.get_status_display(),
            "demandé le": following.asked_at.isoformat(),
            "raison": following.get_reason_display(),
            "comment s’inscrire": following.how_to_register,
        }
        for following in Following.objects.of(user).select_related("structure").order_by("asked_at")
    ]


def erase_followings(user: User) -> None:
    """A person's own go away; an advisor's stay without their name."""
    Following.objects.of(user).delete()
    Following.objects.filter(advisor=user).update(advisor=None)
