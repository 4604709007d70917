"""A session as a line of the space reads it."""

from collections.abc import Iterable

from django.utils import timezone

from core.french import counted
from trainings.models import Session
from trainings.organisations import figures

UNKNOWN = "Non dites"


class SessionLine:
    """For a session read `for_space`, `with_figures`."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.funded = figures.funded(session)
        self.asking: int = session.asking  # type: ignore[attr-defined]
        self.held: int = session.held  # type: ignore[attr-defined]
        self.admitted: int = session.admitted  # type: ignore[attr-defined]
        self.left = figures.left(session)

    @property
    def title(self) -> str:
        return self.session.action.training.title

    @property
    def place(self) -> str:
        action = self.session.action
        return action.commune.name if action.commune else action.town

    @property
    def organisation(self) -> str:
        return self.session.action.training.organisation.name

    @property
    def left_words(self) -> str:
        if self.left is None:
            return UNKNOWN
        return "Complet" if self.left <= 0 else counted(self.left, "place")

    @property
    def tag(self) -> tuple[str, str]:
        """What one must know first, and its colour; ("", "") when there is nothing to add."""
        session, today = self.session, timezone.localdate()
        if session.cancelled_at:
            return "Annulée", "bad"
        if session.ends_on and session.ends_on < today:
            return "Terminée", "off"
        if session.closed_at:
            return "Retirée du catalogue", "bad"
        if session.starts_on and session.starts_on <= today:
            return "En cours", "good"
        if session.status != Session.Status.OPEN:
            return session.get_status_display(), "due"
        if self.left == 0:
            return "Complète", "off"
        return "", ""


def organisations_named(sessions: Iterable[Session]) -> bool:
    """Are these sessions of several organisations? Then each says whose it is."""
    return len({session.action.training.organisation_id for session in sessions}) > 1
