"""« Je partage mon parcours avec vous »: a partner learns it, and where to read."""

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from commitments.parcours.models import PathShare
from core.outbox import Message


def shared(share: PathShare) -> list[Message]:
    """To each confirmed member of the partner."""
    candidate, commune = share.candidate, share.candidate.commune
    members = User.objects.confirmed_in(share.organisation_id)
    return [
        Message(
            kind="commitments/path_shared",
            to=user.email,
            to_user=user,
            key=f"path/{share.pk}/{user.pk}",
            scope=commune.department_id if commune else "",
            context={
                "full_name": candidate.user.get_full_name(),
                "organisation": share.organisation.name,
                "link": settings.SITE_URL + reverse("commitments:path", args=[candidate.uid]),
            },
        )
        for user in members.order_by("pk")
    ]
