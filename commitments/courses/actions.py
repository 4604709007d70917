"""Entering, not coming, finishing, stopping: what the organisation says of one person's training.

Each action holds the project, then the request; checks the table, moves both, writes the messages, in
one transaction. Locks: application → commitment → seat request → session's seats.
"""

import datetime as dt
import logging
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from commitments.courses import agents, checkins, emails, internships
from commitments.courses.models import CourseResult
from commitments.projects import amending, ending, followers
from commitments.projects.models import EndReason
from commitments.projects.sides import hold
from commitments.projects.workflow import COMPLETE, DROP_OUT, CommitmentStatus
from commitments.projects.workflow import ENTER as BEGIN
from commitments.seats import agents as seat_agents
from commitments.seats.actions import may_enter, reason_in_words
from commitments.seats.holding import free_seat, move_up
from commitments.seats.models import LeaveReason, Result, SeatRequest
from commitments.seats.people import role_in
from commitments.seats.workflow import ENTER, FINISH, LEAVE, NOT_COME
from core import french
from core.outbox import Message, post
from core.rules import RuleBroken
from core.signing.scans import Scan
from core.workflow import Transition, apply, check
from trainings.models import SkillBlock

logger = logging.getLogger(__name__)

# Why a training stops, as the project says it.
END_REASONS = {
    LeaveReason.JOB: EndReason.OTHER_JOB,
    LeaveReason.HEALTH: EndReason.PERSONAL,
    LeaveReason.ABSENCES: EndReason.ABSENCES,
    LeaveReason.NOT_FOR_ME: EndReason.TOO_HARD,
    LeaveReason.INCOME: EndReason.INCOME,
    LeaveReason.TRAVEL: EndReason.TRAVEL,
    LeaveReason.NO_NEWS: EndReason.NO_ANSWER,
    LeaveReason.OTHER: EndReason.OTHER,
}
# That a session is cancelled, an agent says once for everybody, and promises stand.
LEAVE_REASONS = tuple(it for it in LeaveReason if it != LeaveReason.CANCELLED)
NOT_COME_REASONS = tuple(it for it in LEAVE_REASONS if it != LeaveReason.ABSENCES)
NOT_VALIDATED = (
    "L’entrée attend encore le oui du conseiller : le projet de formation n’est pas validé. "
    "Nous le lui rappelons."
)


# --- The first day -------------------------------------------------------------------------------
@transaction.atomic
def enter_course(request: SeatRequest, *, by: User | None, entered_on: dt.date) -> None:
    """« Est entré·e le… » Both yes are needed: the organisation's and the advisor's."""
    role = hold_course(request, by)
    check(ENTER, request, role=role)
    if not may_enter(request):
        raise RuleBroken(NOT_VALIDATED, code="not_validated")
    check_first_day(request, entered_on)
    request.entered_on = entered_on
    apply(ENTER, request, role=role, by=by, data={"entered_on": entered_on.isoformat()})
    commitment = request.commitment
    if commitment is not None and commitment.status == CommitmentStatus.SEALED:
        amending.drop_amendment_of_session(commitment)
        apply(BEGIN, commitment, role=role, by=by, data={"entered_on": entered_on.isoformat()})
    checkins.plan(request)
    internships.by_default(request)
    agents.nothing_left(request)
    _tell(emails.entered(whole(request)))
    logger.info("course entered", extra={"seat_request": request.pk})


def enter_many(
    requests: Iterable[SeatRequest], *, by: User, entered_on: dt.date
) -> tuple[list[SeatRequest], list[tuple[SeatRequest, str]]]:
    """Several at once: those who entered, and those who may not, each with its sentence."""
    entered: list[SeatRequest] = []
    refused: list[tuple[SeatRequest, str]] = []
    for request in sorted(
        requests, key=lambda it: it.pk
    ):  # Always in the same order: nobody waits in a ring.
        try:
            enter_course(request, by=by, entered_on=entered_on)
        except RuleBroken as refusal:
            refused.append((request, str(refusal.message)))
        else:
            entered.append(request)
    return entered, refused


@transaction.atomic
def note_not_come(request: SeatRequest, *, by: User | None, reason: str, words: str = "") -> None:
    """« N’est pas venu·e », with a reason. The seat is freed; the promise stands."""
    role = hold_course(request, by)
    check(NOT_COME, request, role=role, note=reason)
    note = _reason_of(reason, words, NOT_COME_REASONS)
    session = request.session
    if session.starts_on and session.starts_on > timezone.localdate():
        raise RuleBroken(f"La session commence le {french.day(session.starts_on)}.", code="too_early")
    freed = free_seat(request)
    request.leave_reason, request.words = reason, words.strip()
    apply(NOT_COME, request, role=role, by=by, note=note, data={"why": "not_come"})
    internships.cancel_to_come(request)
    agents.nothing_left(request)
    seat_agents.nothing_left_to_validate(request)
    _tell(emails.not_come(whole(request)))
    move_up(freed)
    logger.info("course not come", extra={"seat_request": request.pk})


# --- The last day --------------------------------------------------------------------------------
@transaction.atomic
def finish_course(
    request: SeatRequest,
    *,
    by: User,
    result: str,
    blocks: Iterable[SkillBlock] = (),
    finished_on: dt.date | None = None,
    attestation: Scan | None = None,
    words: str = "",
) -> None:
    """« Voici le résultat. » The training is over; the contract comes next."""
    role = hold_course(request, by)
    check(FINISH, request, role=role)
    obtained = list(blocks)
    check_result(request, result, obtained, words)
    request.left_on = last_day(request, finished_on)
    request.result, request.words = result, words.strip()
    said = CourseResult(seat_request=request, said_by=by)
    if attestation is not None:
        said.attestation.save(attestation.name, attestation.file, save=False)
    said.save()
    said.blocks.set(obtained)
    note = ". ".join(filter(None, [Result(result).label, words.strip()]))
    codes = [block.code for block in obtained]
    apply(FINISH, request, role=role, by=by, note=note, data={"result": result, "blocks": codes})
    _close(request)
    _tell(emails.trained(whole(request)))
    logger.info("course finished", extra={"seat_request": request.pk, "result": result})
    commitment = request.commitment
    if commitment is not None and commitment.status == CommitmentStatus.IN_TRAINING:
        amending.drop_amendment_of_training(commitment)
        apply(COMPLETE, commitment, role=role, by=by, data={"result": result})
        followers.trained(commitment, by)


def check_result(request: SeatRequest, result: str, blocks: list[SkillBlock], words: str) -> None:
    if result not in Result.values:
        raise RuleBroken("Choisissez un résultat dans la liste.", code="result")
    if result != Result.PARTLY:
        if blocks:
            raise RuleBroken("Les blocs se disent pour un résultat « en partie ».", code="blocks")
        return
    taught = {block.pk for block in blocks_of(request)}
    if not taught and not words.strip():
        raise RuleBroken("Dites quels blocs sont obtenus, en quelques mots.", code="words")
    if taught and not blocks:
        raise RuleBroken("Cochez les blocs obtenus.", code="blocks")
    if not {block.pk for block in blocks} <= taught:
        raise RuleBroken("Ce bloc n’est pas enseigné dans cette formation.", code="blocks")
    if taught == {block.pk for block in blocks} and _teaches_a_whole(blocks):
        certified = Result.CERTIFIED.label
        raise RuleBroken(
            f"Si tous les blocs sont acquis, choisissez «\N{NO-BREAK SPACE}{certified}\N{NO-BREAK SPACE}».",
            code="blocks",
        )


def _teaches_a_whole(blocks: list[SkillBlock]) -> bool:
    """A training of one block of a certification gives a part of it, even when all that it teaches is obtained."""
    known = SkillBlock.objects.filter(certification__in={it.certification for it in blocks} - {""})
    return not known.exclude(pk__in=[it.pk for it in blocks]).exists()


def last_day(request: SeatRequest, said: dt.date | None) -> dt.date:
    """The day that was said; else the session's last one, or today."""
    today, session = timezone.localdate(), request.session
    day = said or min(session.ends_on or today, today)
    if session.ends_on and session.ends_on > today and not session.action.has_permanent_entry:
        raise RuleBroken(
            f"La formation finit le {french.day(session.ends_on)} : le résultat se donne à partir de ce jour. "
            "Si la personne s’arrête avant, signalez un arrêt.",
            code="too_early",
        )
    _check_inside(request, day, "finished_on")
    return day


@transaction.atomic
def leave_course(
    request: SeatRequest, *, by: User | None, reason: str, words: str = "", left_on: dt.date | None = None
) -> None:
    """« Signaler un arrêt. » The project stops with the training; nobody is left without a next step."""
    role = hold_course(request, by)
    check(LEAVE, request, role=role, note=reason)
    note = _reason_of(reason, words, LEAVE_REASONS)
    day = left_on or timezone.localdate()
    _check_inside(request, day, "left_on")
    freed = free_seat(request)
    request.leave_reason, request.words, request.left_on = reason, words.strip(), day
    apply(LEAVE, request, role=role, by=by, note=note, data={"left_on": day.isoformat()})
    _close(request)
    internships.cancel_to_come(request)
    _drop_out(request, DROP_OUT, role=role, by=by, reason=reason)
    _tell(emails.dropped_out(whole(request)))
    agents.dropped_out(whole(request))
    move_up(freed)
    logger.info("course left", extra={"seat_request": request.pk, "reason": reason})


def _drop_out(request: SeatRequest, move: Transition, *, role: str, by: Any, reason: str) -> None:
    """The project ends too, with the same reason in its own list. Not with the words: both sides would
    read them, and they are for the person and their advisor.
    """
    commitment = request.commitment
    if commitment is None or commitment.status != CommitmentStatus.IN_TRAINING:
        return
    why = END_REASONS[LeaveReason(reason)]
    ending.end(commitment, move, role=role, by=by, reason=why, words="", note=str(why.label))


# --- What they share -----------------------------------------------------------------------------
def hold_course(request: SeatRequest, by: User | None) -> str:
    """Lock the project, then the request; in which role `by` speaks."""
    project = request.commitment_id
    if request.commitment is not None:
        hold(request.commitment)
    request.lock()
    if request.commitment_id != project:  # A promise was signed in between.
        raise RuleBroken("Cette demande vient de changer : recommencez.", code="changed")
    return role_in(request, by)


def whole(request: SeatRequest) -> SeatRequest:
    return SeatRequest.objects.for_page().get(pk=request.pk)


def blocks_of(request: SeatRequest) -> list[SkillBlock]:
    """What one learns there, that a result « en partie » is told by."""
    return list(SkillBlock.objects.taught_by(request.session.action.training))


def _close(request: SeatRequest) -> None:
    checkins.skip(request)
    agents.nothing_left(request)


def check_first_day(request: SeatRequest, day: dt.date) -> None:
    session = request.session
    if day > timezone.localdate():
        raise RuleBroken("Ce jour n’est pas encore venu.", code="entered_on")
    if session.starts_on and day < session.starts_on and not session.action.has_permanent_entry:
        raise RuleBroken(f"La session commence le {french.day(session.starts_on)}.", code="entered_on")
    if session.ends_on and day > session.ends_on:
        raise RuleBroken(f"La session a fini le {french.day(session.ends_on)}.", code="entered_on")


def _check_inside(request: SeatRequest, day: dt.date, field: str) -> None:
    if day > timezone.localdate():
        raise RuleBroken("Ce jour n’est pas encore venu.", code=field)
    if request.entered_on and day < request.entered_on:
        raise RuleBroken(f"La personne est entrée le {french.day(request.entered_on)}.", code=field)


def _reason_of(reason: str, words: str, among: Iterable[LeaveReason]) -> str:
    if reason not in set(among):
        raise RuleBroken("Choisissez une raison dans la liste.", code="reason")
    return reason_in_words(LeaveReason, reason, words)


def _tell(messages: list[Message]) -> None:
    for message in messages:
        post(message)
