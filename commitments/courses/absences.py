"""Absences and interruptions: declared by the organisation, corrected without losing what was said.

The company only reads that the calendar changes, never why.
"""

import datetime as dt
import logging

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import ORGANISATION
from commitments.courses import emails
from commitments.courses.models import AbsenceReason, TrainingAbsence
from commitments.seats.actions import reason_in_words
from commitments.seats.models import SeatRequest
from commitments.seats.people import role_in
from commitments.seats.workflow import SeatStatus
from core import french
from core.outbox import post
from core.rules import RuleBroken, constraints_speak

logger = logging.getLogger(__name__)


@transaction.atomic
def declare_absence(
    request: SeatRequest,
    *,
    by: User,
    kind: str,
    first_day: dt.date,
    last_day: dt.date | None,
    reason: str,
    words: str = "",
    replaces: TrainingAbsence | None = None,
) -> TrainingAbsence:
    """« Absent·e du… au… »; with `replaces`, the correction of what was said before."""
    _hold(request, by)
    reason_in_words(AbsenceReason, reason, words)
    _check_days(request, first_day, last_day)
    if replaces is not None:
        _retire(request, replaces)
    absence = TrainingAbsence(
        seat_request=request,
        kind=kind,
        first_day=first_day,
        last_day=last_day,
        reason=reason,
        words=words.strip(),
        replaces=replaces,
        said_by=by,
    )
    with constraints_speak(TrainingAbsence):
        absence.save()
    name = "correct_absence" if replaces else "absence"
    request.record(name, before=request.status, role=ORGANISATION, by=by, data={"absence": absence.pk})
    _tell(request, absence, replaces)
    return absence


@transaction.atomic
def cancel_absence(absence: TrainingAbsence, *, by: User) -> None:
    """« C’était une erreur. » It stays in the history, and counts no more."""
    request = SeatRequest.objects.get(pk=absence.seat_request_id)
    _hold(request, by)
    _retire(request, absence)
    absence.cancelled_at, absence.cancelled_by = timezone.now(), by
    absence.save(update_fields=["cancelled_at", "cancelled_by"])
    request.record(
        "cancel_absence", before=request.status, role=ORGANISATION, by=by, data={"absence": absence.pk}
    )
    _tell(request, absence, None)


def _hold(request: SeatRequest, by: User) -> None:
    request.lock()
    if role_in(request, by) != ORGANISATION:
        raise PermissionDenied
    if request.status not in (SeatStatus.ENTERED, SeatStatus.FINISHED, SeatStatus.LEFT):
        raise RuleBroken("La personne n’est pas entrée en formation.", code="status")


def _retire(request: SeatRequest, absence: TrainingAbsence) -> None:
    """Two members who correct the same one at once: the second is told."""
    mine = TrainingAbsence.objects.current().filter(pk=absence.pk, seat_request=request)
    if not mine.update(is_current=False):
        raise RuleBroken("Cette absence est déjà corrigée : relisez la page.", code="corrected")
    absence.is_current = False


def _check_days(request: SeatRequest, first_day: dt.date, last_day: dt.date | None) -> None:
    session = request.session
    begins = request.entered_on or session.starts_on
    if begins and first_day < begins:
        raise RuleBroken(f"La personne est entrée le {french.day(begins)}.", code="first_day")
    if session.ends_on and max(first_day, last_day or first_day) > session.ends_on:
        raise RuleBroken(f"La formation finit le {french.day(session.ends_on)}.", code="last_day")


def _tell(request: SeatRequest, absence: TrainingAbsence, before: TrainingAbsence | None) -> None:
    whole = SeatRequest.objects.for_page().get(pk=request.pk)
    for message in emails.absence(whole, absence, before):
        post(message)
