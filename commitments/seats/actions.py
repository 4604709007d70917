"""Asking for a seat, answering, giving it back: one function per sentence.

Every action locks the request, checks its table, moves it, and writes the messages it owes, in one
transaction. The advisor's half is in `validating`; what dates and sessions do, in `moves`.
"""

import datetime as dt
import logging

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import AGENT, CANDIDATE, ORGANISATION
from candidates.models import Candidate
from candidates.structures.models import Following
from commitments.projects.models import Commitment
from commitments.seats import agents, emails
from commitments.seats.finding import find_who_validates
from commitments.seats.holding import free_seat, hold_seat, move_up
from commitments.seats.models import Meeting, ProjectValidation, RefusalReason, SeatRequest
from commitments.seats.people import role_in
from commitments.seats.rules import check_may_be_admitted, check_may_be_asked
from commitments.seats.workflow import (
    ADMIT,
    BEFORE_ENTRY,
    INVITE,
    KEEP,
    LAPSE,
    MOVE_UP,
    REFUSE,
    RELEASE,
    REQUEST,
    WAITLIST,
    WITHDRAW,
    ProjectStatus,
    SeatStatus,
)
from core import french
from core.outbox import Message, post
from core.rules import RuleBroken, constraints_speak
from core.workflow import SYSTEM, apply, check
from trainings.models import Session

logger = logging.getLogger(__name__)


# --- Asking --------------------------------------------------------------------------------------
@transaction.atomic
def request_seat(
    candidate: Candidate,
    session: Session,
    *,
    commitment: Commitment | None = None,
    by: User | None,
    keeps: ProjectValidation | None = None,
) -> SeatRequest:
    """« Je voudrais une place. » A sealed promise holds one at once; without it one waits when it is full.

    With a `commitment`, the caller has locked it and decided; without, only the person may ask.
    `keeps`: what an advisor has validated already, for another session of the same training.
    """
    if commitment is None and (by is None or candidate.user_id != by.pk):
        raise PermissionDenied
    session = Session.objects.select_related("action__training__organisation", "seats").get(pk=session.pk)
    if commitment is not None and (known := _asked_already(candidate, session)):
        return _adopt(known, commitment, by)  # Closed to newcomers since: this person is not one.
    check_may_be_asked(session)
    request = _new_request(candidate, session, commitment)
    role = CANDIDATE if by is not None and by.pk == candidate.user_id else SYSTEM
    request.record(REQUEST, role=role, by=by, data={"session": session.pk})
    _open_validation(request, keeps)
    if commitment is None and session.is_full:
        request.waitlisted_at = timezone.now()
        apply(WAITLIST, request, role=SYSTEM, by=None)
    whole = _whole(request)
    _tell(emails.asked(whole))
    if commitment is None and not Following.objects.live().filter(candidate=candidate).exists():
        find_who_validates(whole)  # For a project that both sign, the sweep does.
    if commitment is not None:  # Last: everybody who wants a seat there waits for the ledger.
        hold_seat(request)
        request.save(update_fields=["holds_seat"])
    logger.info("seat requested", extra={"seat_request": request.pk, "session": session.pk})
    return request


def _new_request(candidate: Candidate, session: Session, commitment: Commitment | None) -> SeatRequest:
    request = SeatRequest(
        candidate=candidate,
        session=session,
        commitment=commitment,
        told_starts_on=session.starts_on,
        told_ends_on=session.ends_on,
    )
    with constraints_speak(SeatRequest):
        request.save()
    return request


def _open_validation(request: SeatRequest, keeps: ProjectValidation | None) -> None:
    validation = ProjectValidation.objects.create(seat_request=request)
    if keeps is not None:
        for name in ("is_eligible", "income", "words", "decided_at", "decided_by"):
            setattr(validation, name, getattr(keeps, name))
        apply(KEEP, validation, role=SYSTEM, by=None, data={"from_request": keeps.seat_request_id})


def _asked_already(candidate: Candidate, session: Session) -> SeatRequest | None:
    return SeatRequest.objects.before_entry().filter(candidate=candidate, session=session).first()


def _adopt(request: SeatRequest, commitment: Commitment, by: User | None) -> SeatRequest:
    """They had asked for that seat without a promise: now they have one, and the seat is held."""
    request.lock()
    if request.status not in BEFORE_ENTRY:  # Answered or withdrawn in between.
        raise RuleBroken("Cette demande de place vient de changer : recommencez.", code="changed")
    request.commitment = commitment
    hold_seat(request)
    if request.status == SeatStatus.WAITLISTED:
        apply(MOVE_UP, request, role=SYSTEM, by=None, data={"commitment": commitment.pk})
        _tell(emails.freed(_whole(request)))
    else:
        request.save()
    request.record("promised", before=request.status, role=SYSTEM, by=by, data={"commitment": commitment.pk})
    return request


# --- The organisation ----------------------------------------------------------------------------
@transaction.atomic
def admit_seat(request: SeatRequest, *, by: User | None) -> None:
    """« Admettre. » A seat is theirs; the entry waits for the advisor too, if they have not answered."""
    role = _hold(request, by)
    check(ADMIT, request, role=role)
    _give_seat(request)
    request.answered_at = timezone.now()
    apply(ADMIT, request, role=role, by=by)
    _answered(request, emails.admitted)


def _give_seat(request: SeatRequest) -> None:
    check_may_be_admitted(request.session)
    try:
        hold_seat(request)
    except RuleBroken as refusal:
        ways = "dites d’abord qu’il reste des places"
        if request.status == SeatStatus.REQUESTED:
            ways = f"mettez la personne sur liste d’attente, ou {ways}"
        raise RuleBroken(f"La session est complète : {ways}.", code="full") from refusal


@transaction.atomic
def refuse_seat(request: SeatRequest, *, by: User | None, reason: str, words: str = "") -> None:
    """« Ne pas admettre », with a reason from the list. The promise stands; other sessions are shown."""
    role = _hold(request, by)
    check(REFUSE, request, role=role, note=reason)
    note = reason_in_words(RefusalReason, reason, words)
    freed = free_seat(request)
    request.refusal_reason, request.words, request.answered_at = reason, words.strip(), timezone.now()
    apply(REFUSE, request, role=role, by=by, note=note)
    _answered(request, emails.refused)
    agents.nothing_left_to_validate(request)
    move_up(freed)


@transaction.atomic
def waitlist_seat(request: SeatRequest, *, by: User | None) -> None:
    """« Mettre sur liste d’attente »: one goes up by oneself when a seat is freed."""
    role = _hold(request, by)
    check(WAITLIST, request, role=role)
    freed = free_seat(request)
    request.waitlisted_at = timezone.now()
    apply(WAITLIST, request, role=role, by=by)
    _answered(request, emails.waitlisted)
    move_up(freed)


@transaction.atomic
def invite_to_meeting(request: SeatRequest, *, by: User | None, at: dt.datetime, place: str) -> Meeting:
    """« Venez à la réunion d’information », or « elle change ». The answer is awaited from that day on."""
    role = _hold(request, by)
    check(INVITE, request, role=role)
    if at <= timezone.now():
        raise RuleBroken("Choisissez une date à venir.", code="at")
    session = request.session
    is_permanent = session.action.has_permanent_entry
    if session.starts_on and not is_permanent and timezone.localdate(at) >= session.starts_on:
        first = french.day(session.starts_on)
        raise RuleBroken(f"Choisissez une date avant le début de la session, le {first}.", code="at")
    if not place.strip():
        raise RuleBroken("Dites où a lieu la réunion.", code="place")
    meeting = _one_meeting(request, at=at, place=place.strip(), by=by)
    change = request.events.filter(transition=INVITE.name, data__meeting=meeting.pk).count()
    request.waiting_since, request.wait_step = at, 0
    apply(INVITE, request, role=role, by=by, data={"meeting": meeting.pk, "at": at.isoformat()})
    _tell(emails.invited(_whole(request), meeting, change=change))
    return meeting


def _one_meeting(request: SeatRequest, *, at: dt.datetime, place: str, by: User | None) -> Meeting:
    """One invitation at a time: another day or place moves the meeting that is to come."""
    known = request.meetings.filter(at__gt=timezone.now()).first()
    if known is None:
        return Meeting.objects.create(seat_request=request, at=at, place=place, invited_by=by)
    if (known.at, known.place) == (at, place):
        raise RuleBroken("La personne est déjà invitée à cette réunion.", code="at")
    known.at, known.place, known.invited_by = at, place, by
    known.save(update_fields=["at", "place", "invited_by"])
    return known


@transaction.atomic
def record_attendance(meeting: Meeting, *, by: User | None, has_come: bool) -> None:
    """« Est venu·e », « n’est pas venu·e », once the meeting has begun."""
    role = _hold(meeting.seat_request, by)
    if role != ORGANISATION:
        raise RuleBroken("C’est l’organisme qui note les présences.", code="role")
    if meeting.at > timezone.now():
        raise RuleBroken("La réunion n’a pas encore eu lieu.", code="too_early")
    meeting.has_come = has_come
    meeting.save(update_fields=["has_come"])
    name, request = "came" if has_come else "did_not_come", meeting.seat_request
    request.record(name, before=request.status, role=role, by=by, data={"meeting": meeting.pk})


# --- The person ----------------------------------------------------------------------------------
@transaction.atomic
def withdraw_seat(request: SeatRequest, *, by: User | None, words: str = "") -> None:
    """« Retirer ma demande », admitted or not, before the training begins. A promise stands."""
    role = _hold(request, by)
    check(WITHDRAW, request, role=role)
    was_admitted = request.status == SeatStatus.ADMITTED
    freed = free_seat(request)
    request.words = words.strip()
    apply(WITHDRAW, request, role=role, by=by, note=words.strip())
    agents.it_is_over(request)
    _tell(emails.withdrawn(_whole(request), was_admitted=was_admitted))
    move_up(freed)


# --- What happens elsewhere ----------------------------------------------------------------------
@transaction.atomic
def release_seat(request: SeatRequest, *, by: User | None, why: str, words: str = "") -> None:
    """« Rendre la place »: the project ended or changed (`by` is whoever did that), the session is
    cancelled, or an agent says so. `why`: ended, amended, cancelled, agent.
    """
    request.lock()
    role = AGENT if why == "agent" else SYSTEM
    if role == AGENT and role_in(request, by) != AGENT:
        raise PermissionDenied
    check(RELEASE, request, role=role)
    if role == AGENT and request.status == SeatStatus.ENTERED and request.is_promised:
        raise RuleBroken(  # A project in training would be left without its training.
            "La personne est en formation : c’est à l’organisme de signaler un arrêt.", code="entered"
        )
    if role == AGENT and not words.strip():
        raise RuleBroken("Dites pourquoi, en quelques mots.", code="words")
    freed = free_seat(request) if why != "cancelled" else _give_back_quietly(request)
    request.words = words.strip()
    apply(RELEASE, request, role=role, by=by, note=words.strip(), data={"why": why})
    agents.it_is_over(request)
    _tell(emails.released(_whole(request), why))
    move_up(freed)


def _give_back_quietly(request: SeatRequest) -> list[SeatRequest]:
    """A session that does not take place has a seat for nobody."""
    free_seat(request)
    return []


def release_seat_of(commitment: Commitment, *, by: User | None, why: str = "ended") -> None:
    """The seat that this project holds or asks for, if there is one. The caller holds the project."""
    for request in SeatRequest.objects.live().filter(commitment=commitment).order_by("pk"):
        release_seat(request, by=by, why=why)


@transaction.atomic
def lapse_seat(request: SeatRequest) -> None:
    """The first day has come, and nobody has answered. The promise stands."""
    request.lock()
    check(LAPSE, request, role=SYSTEM)
    free_seat(request)  # Nobody goes up any more: it begins.
    apply(LAPSE, request, role=SYSTEM, by=None)
    agents.it_is_over(request)
    _tell(emails.lapsed(_whole(request)))
    logger.info("seat lapsed", extra={"seat_request": request.pk})


# --- What they share -----------------------------------------------------------------------------
def _hold(request: SeatRequest, by: User | None) -> str:
    """Lock the row; in which role `by` speaks."""
    request.lock()
    return role_in(request, by)


def _whole(request: SeatRequest) -> SeatRequest:
    return SeatRequest.objects.for_page().get(pk=request.pk)


def _answered(request: SeatRequest, messages_of) -> None:
    agents.nothing_left(request)
    _tell(messages_of(_whole(request)))
    logger.info("seat answered", extra={"seat_request": request.pk, "status": request.status})


def _tell(messages: list[Message]) -> None:
    for message in messages:
        post(message)


def reason_in_words(choices, reason: str, words: str) -> str:
    """The sentence that the history keeps. RuleBroken outside the closed list."""
    if reason not in choices.values:
        raise RuleBroken("Choisissez une raison dans la liste.", code="reason")
    if reason == choices.OTHER and not words.strip():
        raise RuleBroken("Dites pourquoi, en quelques mots.", code="words")
    return ". ".join(filter(None, [choices(reason).label, words.strip()]))


def may_enter(request: SeatRequest) -> bool:
    """Two yes, in either order: the organisation's and the advisor's."""
    return request.status == SeatStatus.ADMITTED and request.validation.status == ProjectStatus.VALIDATED
