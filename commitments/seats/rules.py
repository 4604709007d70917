"""Which session may be asked for: funded, to come, open. Full is no refusal: one waits there."""

from django.db.models import Q
from django.utils import timezone

from core.rules import RuleBroken
from trainings import eligibility
from trainings.models import Session

NOT_FUNDED = "La Région ne paie pas cette session : adressez-vous à l’organisme, ou choisissez-en une autre."
STARTED = "Cette session a déjà commencé : choisissez-en une autre."
CLOSED = "Cette session n’est plus ouverte : choisissez-en une autre."


def check_may_be_asked(session: Session) -> None:
    """RuleBroken, with its sentence, unless somebody may ask for a seat there today."""
    today = timezone.localdate()
    action = session.action
    if not action.is_region_funded:
        raise RuleBroken(NOT_FUNDED, code="not_funded")
    is_permanent = action.has_permanent_entry
    if (session.starts_on and session.starts_on <= today and not is_permanent) or (
        session.ends_on and session.ends_on < today
    ):
        raise RuleBroken(STARTED, code="started")
    current = Session.objects.filter(eligibility.current(), pk=session.pk)
    dated = Q(starts_on__isnull=False) | Q(action__has_permanent_entry=True)
    if session.status != Session.Status.OPEN or not current.filter(dated).exists():
        raise RuleBroken(CLOSED, code="closed")


def may_be_asked(session: Session) -> bool:
    try:
        check_may_be_asked(session)
    except RuleBroken:
        return False
    return True
