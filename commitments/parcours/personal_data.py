"""What this alcove keeps about a person (see core.personal_data)."""

from typing import Any

from accounts.models import User
from commitments.parcours.models import PathAccess, PathShare


def export_path(user: User) -> dict[str, Any]:
    shares = PathShare.objects.of(user).select_related("organisation").order_by("given_at")
    accesses = PathAccess.objects.of(user).select_related("user")
    return {
        "partages": [
            {
                "avec": it.organisation.name,
                "depuis le": it.given_at.isoformat(),
                "jusqu’au": it.revoked_at.isoformat() if it.revoked_at else "",
            }
            for it in shares
        ],
        "consultations de mon parcours": [
            {
                "par": it.user.get_full_name(),
                "en tant que": it.get_role_display(),
                "pour": it.organisation_name,
                "page": it.get_page_display(),
                "heure": it.hour.isoformat(),
            }
            for it in accesses
        ],
        "parcours que j’ai consultés": [
            {"page": it.get_page_display(), "heure": it.hour.isoformat()}
            for it in PathAccess.objects.filter(user=user)
        ],
    }


def erase_path(user: User) -> None:
    """Theirs go. What they have read of others stays: it is the others' to know."""
    PathShare.objects.of(user).delete()
    PathAccess.objects.of(user).delete()
