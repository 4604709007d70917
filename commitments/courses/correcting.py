"""« Nous nous sommes trompés » : an entry, a stop or a result that was not so, as long as nothing follows from it.

Nothing is erased: what was said first stays in the history of the request, with why it changed. Whoever
had been told the mistake is told the correction. Once something follows, an agent looks at it with them.
"""

import datetime as dt
import logging
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from commitments.courses import agents, checkins, emails, internships
from commitments.courses.actions import check_first_day, check_result, hold_course, last_day, whole
from commitments.courses.internship_models import Internship
from commitments.courses.models import CheckIn, CourseResult, TrainingAbsence
from commitments.courses.workflow import CheckInStatus
from commitments.projects import followers
from commitments.projects.models import Commitment
from commitments.projects.workflow import CORRECT_RESULT as REOPEN
from commitments.projects.workflow import RESUME, CommitmentStatus
from commitments.projects.workflow import UNDO_ENTRY as SEAL_AGAIN
from commitments.seats.holding import hold_again
from commitments.seats.models import LeaveReason, Result, SeatRequest
from commitments.seats.workflow import CORRECT_ENTRY, CORRECT_RESULT, UNDO_ENTRY, UNDO_LEAVE, SeatStatus
from core import french
from core.outbox import Message, post
from core.rules import RuleBroken, constraints_speak
from core.signing.scans import Scan
from core.workflow import Transition, apply, check
from trainings.models import SkillBlock

logger = logging.getLogger(__name__)
LATER = (
    "Une suite en dépend déjà\N{NO-BREAK SPACE}: cela ne se corrige plus ici. Écrivez à l’agent de la Région, "
    "depuis la page «\N{NO-BREAK SPACE}Contact\N{NO-BREAK SPACE}»\N{NO-BREAK SPACE}: il regarde avec vous."
)
TAKEN = (
    "La place est maintenant à quelqu’un d’autre : l’arrêt ne s’annule plus ici. Dites à l’agent de "
    "la Région combien de personnes la session peut prendre, depuis la page « Contact »."
)
ABSENT = "Une absence est notée {}\N{NO-BREAK SPACE}: annulez-la ou corrigez-la d’abord."
# What somebody did since, because of the result.
FOLLOWS = (CommitmentStatus.ACCEPTED, CommitmentStatus.DECLINED, CommitmentStatus.HIRED)


# --- The entry -----------------------------------------------------------------------------------
@transaction.atomic
def correct_entry(request: SeatRequest, *, by: User | None, entered_on: dt.date, why: str) -> None:
    """« Entré·e un autre jour. »"""
    role = hold_course(request, by)
    _check_still_open(request)
    check(CORRECT_ENTRY, request, role=role, note=why)
    before = request.entered_on
    if entered_on == before:
        raise RuleBroken("C’est déjà le jour noté.", code="entered_on")
    check_first_day(request, entered_on)
    _check_no_absence(request, before=entered_on)
    request.entered_on = entered_on
    data = {"before": _iso(before), "entered_on": _iso(entered_on)}
    apply(CORRECT_ENTRY, request, role=role, by=by, note=why.strip(), data=data)
    checkins.follow_dates(request)
    _tell(emails.entry_corrected(whole(request), before=before, why=why.strip()))
    logger.info("entry corrected", extra={"seat_request": request.pk})


@transaction.atomic
def undo_entry(request: SeatRequest, *, by: User | None, why: str) -> None:
    """« Cette personne n’est pas entrée. » The seat stays theirs, and one says again who entered."""
    role = hold_course(request, by)
    _check_still_open(request)
    check(UNDO_ENTRY, request, role=role, note=why)
    if refusal := why_entry_stays(request):
        raise RuleBroken(refusal, code="later")
    before, request.entered_on = request.entered_on, None
    apply(UNDO_ENTRY, request, role=role, by=by, note=why.strip(), data={"before": _iso(before)})
    checkins.skip(request)
    commitment = request.commitment
    if commitment is not None and commitment.status == CommitmentStatus.IN_TRAINING:
        apply(SEAL_AGAIN, commitment, role=role, by=by, note=why.strip())
    _tell(emails.entry_corrected(whole(request), before=before, why=why.strip()))
    logger.info("entry undone", extra={"seat_request": request.pk})


def why_entry_stays(request: SeatRequest) -> str:
    """The sentence that forbids to undo it; empty when nothing follows from it yet."""
    absence = TrainingAbsence.objects.current().filter(seat_request=request).first()
    if absence is not None:
        return ABSENT.format(emails.days_words(absence))
    answered = (CheckInStatus.FINE, CheckInStatus.WORRIED)
    begun = Internship.objects.standing().filter(seat_request=request, starts_on__lte=timezone.localdate())
    has_answered = CheckIn.objects.filter(seat_request=request, status__in=answered).exists()
    return LATER if has_answered or begun.exists() else ""


def _check_still_open(request: SeatRequest) -> None:
    if request.status in (SeatStatus.FINISHED, SeatStatus.LEFT):
        raise RuleBroken(LATER, code="later")


def _check_no_absence(request: SeatRequest, *, before: dt.date) -> None:
    noted = TrainingAbsence.objects.current().filter(seat_request=request, first_day__lt=before).first()
    if noted is not None:
        raise RuleBroken(ABSENT.format(emails.days_words(noted)), code="entered_on")


# --- The result ----------------------------------------------------------------------------------
@transaction.atomic
def correct_result(
    request: SeatRequest,
    *,
    by: User,
    result: str,
    why: str,
    blocks: Iterable[SkillBlock] = (),
    finished_on: dt.date | None = None,
    attestation: Scan | None = None,
    words: str = "",
) -> None:
    """« Ce n’était pas le bon résultat. » The conditions of the promise are read again."""
    role = hold_course(request, by)
    check(CORRECT_RESULT, request, role=role, note=why)
    if why_result_stays(request):
        raise RuleBroken(LATER, code="later")
    obtained = list(blocks)
    check_result(request, result, obtained, words)
    row = CourseResult.objects.filter(seat_request=request).first()
    row = row or CourseResult(seat_request=request)
    before, words_before = _as_said(request, row), request.words
    request.left_on = last_day(request, finished_on or request.left_on)
    request.result, request.words = result, words.strip()
    _write(row, obtained, attestation, by=by, is_other=before["result"] != result)
    after = _as_said(request, row)
    if (after, request.words) == (before, words_before):
        raise RuleBroken("C’est déjà ce qui est noté.", code="nothing_changes")
    data = {"before": before, "now": after}
    apply(CORRECT_RESULT, request, role=role, by=by, note=why.strip(), data=data)
    _tell(emails.result_corrected(whole(request), before=Result(before["result"]), why=why.strip()))
    logger.info("result corrected", extra={"seat_request": request.pk, "result": result})
    if before["result"] != result:
        _read_conditions_again(request.commitment, role=role, by=by, why=why.strip())


def why_result_stays(request: SeatRequest) -> str:
    """The sentence, once somebody has acted upon it: the person's yes or no, a contract."""
    commitment: Any = request.commitment
    if commitment is None:
        return ""
    return LATER if commitment.status in FOLLOWS or commitment.contracts.exists() else ""


def _as_said(request: SeatRequest, row: CourseResult) -> dict[str, Any]:
    """What the history keeps beside its own note: no words about the person."""
    blocks = row.blocks.order_by("code").values_list("code", flat=True) if row.pk else []
    return {
        "result": request.result,
        "left_on": _iso(request.left_on),
        "blocks": list(blocks),
        "attestation": row.attestation.name or "",
    }


def _write(
    row: CourseResult, blocks: list[SkillBlock], attestation: Scan | None, *, by: User, is_other: bool
) -> None:
    """A paper of another result proves nothing any more; its file stays with the history."""
    row.said_at, row.said_by = timezone.now(), by
    if attestation is not None:
        row.attestation.save(attestation.name, attestation.file, save=False)
    elif is_other:
        row.attestation = ""
    row.save()
    row.blocks.set(blocks)


def _read_conditions_again(commitment: Commitment | None, *, role: str, by: User, why: str) -> None:
    """What a date concluded from the mistake is concluded again; nobody had answered it yet."""
    if commitment is None or not REOPEN.is_possible_from(commitment.status):
        return
    try:
        _apply_again(REOPEN, commitment, role=role, by=by, why=why)
    except RuleBroken as refusal:  # The post is promised again, or the person has another project.
        raise RuleBroken(LATER, code="later") from refusal
    followers.trained(commitment, by)


# --- The stop ------------------------------------------------------------------------------------
@transaction.atomic
def undo_leave(request: SeatRequest, *, by: User | None, why: str) -> None:
    """« Cette personne n’a pas arrêté. » The training goes on as if nothing had been said, and so does the project."""
    role = hold_course(request, by)
    check(UNDO_LEAVE, request, role=role, note=why)
    if refusal := why_leave_stays(request):
        raise RuleBroken(refusal, code="later")
    before, since = request.left_on, request.status_since
    _take_seat_again(request)
    request.leave_reason, request.words, request.left_on = "", "", None
    with constraints_speak(SeatRequest):
        apply(UNDO_LEAVE, request, role=role, by=by, note=why.strip(), data={"before": _iso(before)})
    _resume(request.commitment, role=role, by=by, why=why.strip())
    internships.bring_back(request, since=since)
    checkins.bring_back(request, since=since)
    agents.close(request, agents.DROPPED_OUT)
    _tell(emails.leave_corrected(whole(request), before=before, why=why.strip()))
    logger.info("stop undone", extra={"seat_request": request.pk})


def why_leave_stays(request: SeatRequest) -> str:
    """The sentence, when it stopped for everybody: an agent has said that."""
    return LATER if request.leave_reason == LeaveReason.CANCELLED else ""


def _take_seat_again(request: SeatRequest) -> None:
    try:
        hold_again(request)
    except RuleBroken as refusal:
        raise RuleBroken(LATER if refusal.code == "cancelled" else TAKEN, code="later") from refusal


def _resume(commitment: Commitment | None, *, role: str, by: User | None, why: str) -> None:
    """Signed, and under way again; unless its post or its person has been taken since, or one has said where they are."""
    if commitment is None or not RESUME.is_possible_from(commitment.status):
        return
    try:
        _apply_again(RESUME, commitment, role=role, by=by, why=why)
        followers.resumed(commitment, by)
    except RuleBroken as refusal:
        raise RuleBroken(LATER, code="later") from refusal


# --- What they share -----------------------------------------------------------------------------
def _apply_again(move: Transition, commitment: Commitment, *, role: str, by: User | None, why: str) -> None:
    """What had ended has not: nothing of the end is left but its line in the history."""
    for name in ("end_reason", "end_words", "ended_by", "exit_type", "exit_said_by"):
        setattr(commitment, name, "")
    with constraints_speak(Commitment):
        apply(move, commitment, role=role, by=by, note=why)


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _tell(messages: list[Message]) -> None:
    for message in messages:
        post(message)


def in_words(name: str, data: dict[str, Any]) -> str:
    """One correction, as everybody who had been told the mistake reads it."""
    if name == CORRECT_RESULT.name:
        now, before = Result(data["now"]["result"]), Result(data["before"]["result"])
        if now == before:
            return f"Résultat complété\N{NO-BREAK SPACE}: {now.label.lower()}."
        return f"Résultat corrigé\N{NO-BREAK SPACE}: {now.label.lower()}, et non {before.label.lower()}."
    noted = french.day(dt.date.fromisoformat(data["before"])) if data["before"] else "(jour inconnu)"
    if name == UNDO_LEAVE.name:
        return f"L’arrêt noté le {noted} est annulé."
    if name == UNDO_ENTRY.name:
        return f"L’entrée notée le {noted} est annulée."
    return f"Entrée le {french.day(dt.date.fromisoformat(data['entered_on']))}, et non le {noted}."
