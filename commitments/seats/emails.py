"""The messages of a seat request: who gets what. Nothing is sent here.

Each takes a request read `for_page()`. A confirmed member of the organisation reads who asks; an
address that the catalogue gives only learns that somebody waits.
"""

from typing import Any

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from accounts.roles import ADVISOR, CANDIDATE, COMPANY, ORGANISATION
from candidates.structures.models import SupportStructure
from commitments.projects.freezing import employer_of
from commitments.seats.alternatives import in_words
from commitments.seats.calendar import ics_of
from commitments.seats.models import (
    Meeting,
    NotValidatedReason,
    ProjectValidation,
    RefusalReason,
    SeatRequest,
)
from commitments.seats.people import Reader, advisors_of, readers_of
from core import french
from core.outbox import Message, ics


# --- Asking --------------------------------------------------------------------------------------
def asked(request: SeatRequest) -> list[Message]:
    """The receipt, what the organisation must answer, what the advisor must validate."""
    is_full = request.status == "waitlisted"
    messages = [
        _to_candidate(request, "seat_asked", "asked", is_full=is_full),
        *_to_organisation(request, "seat_asked", "asked", is_full=is_full),
    ]
    if request.validation.status == "to_validate":
        messages += _to_advisors(request, "project_to_validate", "to_validate")
    return messages


def who_validates(request: SeatRequest, structure: SupportStructure) -> list[Message]:
    """To the person: who was asked for them; to that structure: what it must read."""
    about: dict[str, Any] = {
        "structure": structure.name,
        "phone": structure.phone,
        "choose_url": settings.SITE_URL + reverse("structures:mine"),
    }
    key = f"advisor/{structure.pk}"
    return [
        _to_candidate(request, "project_advisor", key, **about),
        *_to_advisors(request, "project_to_validate", "to_validate"),
    ]


def reminder(request: SeatRequest, *, number: int) -> list[Message]:
    since = request.waiting_since.strftime("%Y%m%d%H%M")  # A meeting, a seat freed: the clock restarts.
    return _to_organisation(request, "seat_reminder", f"reminder/{since}/{number}")


def validation_reminder(request: SeatRequest, *, number: int) -> list[Message]:
    return _to_advisors(request, "project_reminder", f"validation/reminder/{number}")


# --- The advisor ---------------------------------------------------------------------------------
def validated(
    request: SeatRequest, validation: ProjectValidation, change: int, *, was_refused: bool = False
) -> list[Message]:
    """The company hears of it when it had heard the no."""
    about: dict[str, Any] = {"income": validation.get_income_display(), "words": validation.words}
    key = f"validated/{change}"
    return [
        _to_candidate(request, "project_validated", key, **about),
        *_to_organisation(request, "project_validated", key),  # What one lives on is not theirs to read.
        *(_to_company(request, "project_validated", key) if was_refused else []),
    ]


def not_validated(request: SeatRequest, validation: ProjectValidation, change: int) -> list[Message]:
    """Why stays between the person and the advisor; the company reads what becomes of its promise."""
    key, said = f"not_validated/{change}", validation.get_reason_display()
    reason = "" if validation.reason == NotValidatedReason.OTHER else said
    return [
        _to_candidate(request, "project_not_validated", key, reason=reason, words=validation.words),
        *_to_organisation(request, "project_not_validated", key),
        *_to_company(request, "project_not_validated", key),
    ]


# --- The organisation ----------------------------------------------------------------------------
def invited(request: SeatRequest, meeting: Meeting, *, change: int = 0) -> list[Message]:
    """`change`: how many times it was said before."""
    user = request.candidate.user
    content = ics_of(meeting, request, to=user.email, name=user.get_full_name(), change=change)
    return [
        _to_candidate(
            request,
            "seat_meeting",
            f"meeting/{meeting.pk}/{change}" if change else f"meeting/{meeting.pk}",
            attachments=[ics("reunion.ics", content, method="REQUEST")],
            when=f"{french.day(meeting.day, weekday=True)}, {french.hour(meeting.hour)}",
            place=meeting.place,
            is_moved=bool(change),
        )
    ]


def admitted(request: SeatRequest) -> list[Message]:
    is_validated = request.validation.status == "validated"
    return _to_sides(request, "seat_admitted", _now(request, "admitted"), is_validated=is_validated)


def refused(request: SeatRequest) -> list[Message]:
    said = request.get_refusal_reason_display()
    reason = "" if request.refusal_reason == RefusalReason.OTHER else said
    about = {"reason": reason, "words": request.words}
    return _to_sides(request, "seat_refused", "refused", ways=True, **about)


def waitlisted(request: SeatRequest) -> list[Message]:
    return _to_sides(request, "seat_waitlisted", _now(request, "waitlisted"))


def freed(request: SeatRequest) -> list[Message]:
    """A seat is theirs again; the organisation is asked."""
    key = _now(request, "freed")
    return [_to_candidate(request, "seat_freed", key), *_to_organisation(request, "seat_freed", key)]


# --- Ends ----------------------------------------------------------------------------------------
def withdrawn(request: SeatRequest, *, was_admitted: bool) -> list[Message]:
    about: dict[str, Any] = {"was_admitted": was_admitted, "words": request.words}
    return [
        _to_candidate(request, "seat_withdrawn", "withdrawn", **_ways(request), **about),
        *_to_organisation(request, "seat_withdrawn", "withdrawn", **about),
        *_to_company(request, "seat_withdrawn", "withdrawn", **about),
        *_to_advisors(request, "seat_withdrawn", "withdrawn", **about),
    ]


def released(request: SeatRequest, why: str) -> list[Message]:
    """`why`: cancelled (the session), ended (the project), hired (before the end), amended (another session), agent."""
    about: dict[str, Any] = {"why": why, "note": request.words if why == "agent" else ""}
    messages = [_to_candidate(request, "seat_released", "released", **_ways(request, why), **about)]
    messages += _to_organisation(request, "seat_released", "released", **about)
    if why in ("cancelled", "agent"):
        messages += _to_company(request, "seat_released", "released", **about)
        messages += _to_advisors(request, "seat_released", "released", **about)
    return messages


def lapsed(request: SeatRequest) -> list[Message]:
    return _to_sides(request, "seat_lapsed", "lapsed", ways=True)


def session_moved(
    request: SeatRequest, *, before: str, is_gone: bool, is_back: bool = False
) -> list[Message]:
    """Other dates, no more in the catalogue, or there again: nothing is lost, and one may choose another."""
    dates = "-".join(it.isoformat() if it else "" for it in (request.told_starts_on, request.told_ends_on))
    change = f"moved/{'gone' if is_gone else dates}/{request.events.count()}"
    ends_on, starts_by = request.session.ends_on, getattr(request.commitment, "starts_by", None)
    too_late = bool(ends_on and starts_by and ends_on >= starts_by)
    about = {"before": before, "is_gone": is_gone, "is_back": is_back, "too_late": too_late}
    messages = _to_sides(request, "seat_session_moved", change, ways=True, **about)
    return messages + (_to_organisation(request, "seat_session_moved", change, **about) if is_gone else [])


def no_seat(request: SeatRequest) -> list[Message]:
    """The project stops for want of a seat: the person, the company, the advisor."""
    commitment = request.commitment
    reason = commitment.get_end_reason_display()
    about = {"reason": reason, "words": commitment.end_words}
    return _to_sides(request, "no_seat", "no_seat", ways=True, **about)


# --- Who -----------------------------------------------------------------------------------------
def _now(request: SeatRequest, what: str) -> str:
    """What may happen several times to one request."""
    return f"{what}/{request.status_since.strftime('%Y%m%d%H%M%S%f')}"


def _to_sides(
    request: SeatRequest, kind: str, change: str, *, ways: bool = False, **context: Any
) -> list[Message]:
    """The person with the ways on, the company that promises, the advisor."""
    return [
        _to_candidate(request, kind, change, **(_ways(request) if ways else {}), **context),
        *_to_company(request, kind, change, **context),
        *_to_advisors(request, kind, change, **context),
    ]


def _ways(request: SeatRequest, why: str = "") -> dict[str, Any]:
    """Never a bare no."""
    if why in ("ended", "hired", "amended"):
        return {}
    return {
        "alternatives": in_words(request),
        "choose_url": _link("my_seat", request.pk),
    }


def _to_candidate(
    request: SeatRequest,
    kind: str,
    change: str,
    *,
    attachments: list[dict[str, str]] | None = None,
    **context: Any,
) -> Message:
    user = request.candidate.user
    link = _link("my_seat", request.pk)
    about = {"to_role": CANDIDATE, "link": link, **context}
    return _message(request, kind, f"{change}/candidate", user.email, user, attachments or [], **about)


def _to_organisation(request: SeatRequest, kind: str, change: str, **context: Any) -> list[Message]:
    return [_to_reader(request, kind, change, reader, **context) for reader in readers_of(request)]


def _to_reader(request: SeatRequest, kind: str, change: str, reader: Reader, **context: Any) -> Message:
    link = _link("seat_request", request.pk)
    if not reader.may_know:  # Nobody is confirmed there yet.
        link = settings.SITE_URL + reverse("organisations:choose")
        context = {**context, "full_name": "", "first_name": "", "words": "", "phone": "", "email": ""}
    about = {"to_role": ORGANISATION, "link": link, "may_know": reader.may_know, **context}
    return _message(request, kind, f"{change}/{reader.tag}", reader.to, reader.user, [], **about)


def _to_company(request: SeatRequest, kind: str, change: str, **context: Any) -> list[Message]:
    if request.commitment is None:
        return []
    members = request.commitment.company.confirmed_members().order_by("pk")
    link = _link("commitment", request.commitment_id)
    about = {"to_role": COMPANY, "link": link, **context}
    return [_message(request, kind, f"{change}/c{it.pk}", it.email, it, [], **about) for it in members]


def _to_advisors(request: SeatRequest, kind: str, change: str, **context: Any) -> list[Message]:
    link = _link("project_validation", request.pk)
    about = {"to_role": ADVISOR, "link": link, **context}
    users = advisors_of(request)
    return [_message(request, kind, f"{change}/a{it.pk}", it.email, it, [], **about) for it in users]


def _link(page: str, pk: int | None) -> str:
    return settings.SITE_URL + reverse(f"commitments:{page}", args=[pk])


def _message(
    request: SeatRequest,
    kind: str,
    change: str,
    to: str,
    to_user: User | None,
    attachments: list[dict[str, str]],
    **context: Any,
) -> Message:
    return Message(
        kind=f"commitments/{kind}",
        to=to,
        to_user=to_user,
        key=f"seat/{request.pk}/{change}",
        scope=request.department_code,
        context={**about_words(request), **context},
        attachments=attachments,
    )


def about_words(request: SeatRequest) -> dict[str, Any]:
    """What every message of a seat request may say."""
    user, session = request.candidate.user, request.session
    promise = getattr(request.commitment, "promise", None) if request.commitment else None
    return {
        "training": session.action.training.title,
        "organisation": request.organisation.name,
        "dates": session.dates,
        "town": session.action.town,
        "first_name": user.first_name,
        "full_name": user.get_full_name(),
        "company": employer_of(promise) if promise else "",
        "job": promise.job_title if promise else "",
        "may_know": True,
        "alternatives": [],
        "choose_url": "",
    }
