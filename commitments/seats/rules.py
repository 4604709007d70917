"""Which session may be asked for: funded, to come, open. Full is no refusal: one waits there.

A seat of it may be held as long as it takes place, has not begun, and is paid for: an organisation may
still admit who had asked, once it is closed to others.
"""

import datetime as dt

from django.db.models import Q
from django.utils import timezone

from core import french
from core.rules import RuleBroken
from trainings import eligibility
from trainings.models import Session

NOT_FUNDED = "La Région ne paie pas cette session : adressez-vous à l’organisme, ou choisissez-en une autre."
STARTED = "Cette session a déjà commencé : choisissez-en une autre."
CANCELLED = "Cette session est annulée : choisissez-en une autre."
CLOSED = "Cette session n’est plus ouverte : choisissez-en une autre."
# The same, as who admits reads it.
TO_ADMIT = {
    "cancelled": "Cette session est annulée : personne n’y entre plus. La personne peut en choisir une autre.",
    "started": "Cette session a commencé le {day} : on n’y est plus admis. La personne peut en choisir une autre.",
    "over": "Cette session a fini le {day} : on n’y est plus admis. La personne peut en choisir une autre.",
    "not_funded": "La Région ne paie plus cette session : voyez avec elle avant d’admettre.",
}


def check_may_be_held(session: Session) -> None:
    """RuleBroken, with its sentence, unless a seat there may be given to somebody today."""
    today, action = timezone.localdate(), session.action
    if session.cancelled_at is not None:
        raise RuleBroken(CANCELLED, code="cancelled")
    if not action.is_region_funded:
        raise RuleBroken(NOT_FUNDED, code="not_funded")
    if session.starts_on and session.starts_on <= today and not action.has_permanent_entry:
        raise RuleBroken(STARTED, code="started")
    if session.ends_on and session.ends_on < today:
        raise RuleBroken(STARTED, code="over")


def check_may_be_asked(session: Session) -> None:
    """RuleBroken, with its sentence, unless somebody may ask for a seat there today."""
    check_may_be_held(session)
    current = Session.objects.filter(eligibility.current(), pk=session.pk)
    dated = Q(starts_on__isnull=False) | Q(action__has_permanent_entry=True)
    if session.status != Session.Status.OPEN or not current.filter(dated).exists():
        raise RuleBroken(CLOSED, code="closed")


def check_may_be_admitted(session: Session) -> None:
    """As the organisation reads it, who admits somebody that had asked."""
    try:
        check_may_be_held(session)
    except RuleBroken as refusal:
        code = refusal.code or ""
        day: dt.date | None = session.ends_on if code == "over" else session.starts_on
        words = TO_ADMIT[code].format(day=french.day(day) if day else "")
        raise RuleBroken(words, code=code) from refusal


def may_be_asked(session: Session) -> bool:
    try:
        check_may_be_asked(session)
    except RuleBroken:
        return False
    return True
