"""What this alcove keeps about a person (see core.personal_data)."""

from typing import Any

from accounts.models import User
from immersions.facilitee.models import ExternalAgreement


def _of(user: User) -> Any:
    return ExternalAgreement.objects.filter(application__candidate__user=user)


def export_external(user: User) -> list[dict[str, Any]]:
    return [
        {
            "numéro": it.number,
            "état": it.status,
            "confirmée le": it.confirmed_at.isoformat() if it.confirmed_at else "",
        }
        for it in _of(user).order_by("pk")
    ]


def erase_external(user: User) -> None:
    """One that was never confirmed binds nobody. A signed act is kept for its five years, by law."""
    for agreement in _of(user).filter(confirmed_at=None):
        agreement.pdf.delete(save=False)
        agreement.delete()
