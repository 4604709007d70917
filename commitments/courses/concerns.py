"""A file to look after: seen by the organisation, the advisor, the agents; it accuses nobody."""

import logging

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import ADVISOR, AGENT, ORGANISATION
from commitments.courses import agents, emails
from commitments.courses.models import Cause, Concern, CourseWord
from commitments.courses.workflow import CLOSE, OPEN
from commitments.seats.models import SeatRequest
from commitments.seats.people import advisors_of, role_in
from commitments.seats.workflow import SeatStatus
from core.outbox import post
from core.rules import RuleBroken, constraints_speak
from core.workflow import SYSTEM, apply, check
from trainings.models import Session

logger = logging.getLogger(__name__)


def open_concern(request: SeatRequest, cause: str) -> Concern:
    """Whoever accompanies the person is asked to call. The caller holds the request."""
    known = Concern.objects.open().filter(seat_request=request).first()
    if known is not None:
        known.record("again", before=known.status, role=SYSTEM, by=None, data={"cause": cause})
        return known
    concern = Concern(seat_request=request, cause=cause)
    with constraints_speak(Concern):
        concern.save()
    concern.record(OPEN, role=SYSTEM, by=None, data={"cause": cause})
    if not advisors_of(request):
        agents.nobody_follows(concern)
    for message in emails.concern_opened(concern):
        post(message)
    logger.info("concern opened", extra={"seat_request": request.pk, "cause": cause})
    return concern


def to_look_after(session: Session) -> dict[int, str]:
    """Those whose file is open, among the people of a session, with the word that says so."""
    rows = Concern.objects.open().filter(seat_request__session=session)
    return dict.fromkeys(rows.values_list("seat_request", flat=True), "À suivre")


@transaction.atomic
def close_concern(concern: Concern, *, by: User, words: str) -> None:
    """« C’est suivi », with a word: what was said, what comes next."""
    request = SeatRequest.objects.get(pk=concern.seat_request_id)
    request.lock()
    concern.lock()
    role = role_in(request, by)
    if role not in (ADVISOR, AGENT):
        raise PermissionDenied
    if not words.strip():
        raise RuleBroken("Dites ce qui a été fait, en quelques mots.", code="words")
    check(CLOSE, concern, role=role, note=words)
    concern.closed_at, concern.closed_by, concern.words = timezone.now(), by, words.strip()
    apply(CLOSE, concern, role=role, by=by, note=words.strip())
    agents.close(request, agents.CONCERN)


@transaction.atomic
def add_word(request: SeatRequest, *, by: User, words: str, asks_for_help: bool = False) -> CourseWord:
    """The organisation says how it goes; when it asks for help, whoever accompanies is told."""
    request.lock()
    if role_in(request, by) != ORGANISATION:
        raise PermissionDenied
    if request.status != SeatStatus.ENTERED:
        raise RuleBroken("La personne n’est pas en formation.", code="status")
    if not words.strip():
        raise RuleBroken("Écrivez quelques mots.", code="words")
    word = CourseWord.objects.create(
        seat_request=request, words=words.strip(), asks_for_help=asks_for_help, said_by=by
    )
    request.record("word", before=request.status, role=ORGANISATION, by=by, data={"word": word.pk})
    if asks_for_help:
        open_concern(request, Cause.ORGANISATION)
    return word
