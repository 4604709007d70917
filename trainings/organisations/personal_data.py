"""What this alcove keeps about a person (see core.personal_data)."""

from typing import Any

from accounts.models import User
from trainings.models import SessionChange, SessionContact, TrainingOrganisation


def export_told(user: User) -> list[dict[str, Any]]:
    """What they said of sessions, and where their address is published."""
    changes = SessionChange.objects.filter(by=user).select_related("session__action__training")
    said = [
        {"le": it.at.isoformat(), "session": it.session.action.training.title, "dit": it.words}
        for it in changes.order_by("at", "pk")
    ]
    contacts = SessionContact.objects.filter(email__iexact=user.email)
    contacts = contacts.select_related("session__action__training")
    return said + [
        {"contact de la session": it.session.action.training.title, "nom": it.name, "téléphone": it.phone}
        for it in contacts.order_by("pk")
    ]


def erase_told(user: User) -> None:
    """Their name and address go; what they said of a session stays, without them."""
    SessionContact.objects.filter(email__iexact=user.email).delete()
    theirs = TrainingOrganisation.objects.filter(requests_email__iexact=user.email)
    theirs.update(requests_email="", requests_phone="")
