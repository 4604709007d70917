"""What this alcove keeps about a person (see core.personal_data)."""

from typing import Any

from accounts.models import User
from core.models import OutgoingMessage
from core.outbox import forget_letters
from immersions.prepared.models import PreparedApplication


def export_prepared(user: User) -> list[dict[str, Any]]:
    return [
        {
            "offre": it.offer.title,
            "préparée par": it.prepared_by.get_full_name(),
            "le": it.prepared_at.isoformat(),
            "état": it.get_status_display(),
            "pourquoi ce métier": it.why,
            "déjà fait ou vu": it.experience,
            "pour l’accueil": it.needs,
        }
        for it in PreparedApplication.objects.of(user).for_page().order_by("prepared_at")
    ]


def erase_prepared(user: User) -> None:
    """Nothing of it was ever the company's: it goes away whole."""
    mine = PreparedApplication.objects.of(user)
    for pk in mine.values_list("pk", flat=True):
        forget_letters(OutgoingMessage.objects.filter(key__startswith=f"prepared/{pk}/"), words="(effacé)")
    mine.delete()
