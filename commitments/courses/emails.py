"""The messages of a training under way: who gets what. Nothing is sent here.

Each takes a request read `for_page()`. The company never reads why a calendar changes.
"""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import ADVISOR, CANDIDATE, COMPANY, ORGANISATION
from commitments.courses.models import AbsenceKind, CheckIn, Concern, TrainingAbsence
from commitments.seats.alternatives import in_words
from commitments.seats.emails import about_words
from commitments.seats.models import LeaveReason, Result, SeatRequest
from commitments.seats.moves import Difference
from commitments.seats.people import advisors_of, readers_of
from core import french
from core.outbox import Message

if TYPE_CHECKING:
    from commitments.courses.internship_models import Internship


# --- The first day -------------------------------------------------------------------------------
def entered(request: SeatRequest) -> list[Message]:
    day = french.day(request.entered_on or timezone.localdate())
    number = request.events.filter(transition="enter").count()  # Said again after a mistake.
    return _to_sides(request, "entered", f"entered/{number}", day=day)


def entry_corrected(request: SeatRequest, *, before: dt.date | None, why: str) -> list[Message]:
    """To whoever had read the mistake: another day, or no entry at all."""
    about: dict[str, Any] = {
        "day": french.day(request.entered_on) if request.entered_on else "",
        "before": french.day(before) if before else "",
        "why": why,
    }
    return _to_sides(request, "entry_corrected", f"entry_corrected/{request.events.count()}", **about)


def leave_corrected(request: SeatRequest, *, before: dt.date | None, why: str) -> list[Message]:
    """To whoever had read that the training stopped: it goes on, and the promise with it."""
    about: dict[str, Any] = {"before": french.day(before) if before else "", "why": why}
    change = f"leave_corrected/{request.events.count()}"
    return _to_promised_sides(request, "leave_corrected", change, ways=False, **about)


def not_come(request: SeatRequest) -> list[Message]:
    return _to_sides(request, "not_come", "not_come", ways=True, **_reason(request))


def entry_reminder(request: SeatRequest, day: dt.date, number: int) -> list[Message]:
    change = f"entry/{day.isoformat()}/{number}"
    link = _link("session_entries", request.session_id)
    is_validated = request.validation.status == "validated"
    about = {"day": french.day(day), "is_validated": is_validated, "link": link}
    return _to_organisation(request, "entry_reminder", change, **about)


# --- A session that changes under way ------------------------------------------------------------
def session_moved(
    request: SeatRequest, new: Difference, *, contract_on: dt.date | None, outside: list["Internship"]
) -> list[Message]:
    """From what to what; from when the contract begins; which internships are to be said again."""
    what = "gone" if new.is_gone else "back" if new.is_back else "moved"
    last, starts_by = request.session.ends_on, getattr(request.commitment, "starts_by", None)
    about: dict[str, Any] = {
        "what": what,
        "before": new.before,
        "contract_on": french.day(contract_on, weekday=True) if contract_on else "",
        "too_late": bool(request.is_promised and last and starts_by and last >= starts_by),
        "outside": [f"{french.period(it.starts_on, it.ends_on)}, {it.place}" for it in outside],
    }
    change = f"session/{what}/{request.events.count()}"
    messages = _to_promised_sides(request, "course_session", change, ways=new.is_gone, **about)
    if new.is_gone or outside:
        messages += _to_organisation(request, "course_session", change, **about)
    return messages


def session_cancelled(request: SeatRequest) -> list[Message]:
    """Nobody left it: another session, and the promise stands."""
    change = f"session/cancelled/{request.events.count()}"
    messages = _to_promised_sides(request, "course_session", change, ways=True, what="cancelled")
    return messages + _to_organisation(request, "course_session", change, what="cancelled")


# --- The last day --------------------------------------------------------------------------------
def result_reminder(request: SeatRequest, day: dt.date, number: int) -> list[Message]:
    change = f"result/{day.isoformat()}/{number}"
    link = _link("course_finish", request.pk)
    return _to_organisation(request, "result_reminder", change, day=french.day(day), link=link)


def trained(request: SeatRequest) -> list[Message]:
    """The result, to those who wait for it. A paper is read on the page, not in the mail."""
    blocks = [block.title for block in request.course_result.blocks.all()]
    about: dict[str, Any] = {
        "result": request.result,
        "said": request.get_result_display(),
        "blocks": blocks,
        "note": request.words,
        "is_promised": request.is_promised,
    }
    return _to_sides(request, "trained", "trained", **about)


def result_corrected(request: SeatRequest, *, before: Result, why: str) -> list[Message]:
    """To whoever had read the mistake. What it changes for the promise comes in another message."""
    about: dict[str, Any] = {
        "said": request.get_result_display(),
        "before": before.label if before != request.result else "",
        "blocks": [block.title for block in request.course_result.blocks.all()],
        "note": request.words,
        "why": why,
        "is_promised": request.is_promised,
    }
    return _to_sides(request, "result_corrected", f"result_corrected/{request.events.count()}", **about)


def dropped_out(request: SeatRequest) -> list[Message]:
    """The company reads that it stops, and what comes next; why is the person's."""
    about = {**_reason(request), "had_promise": request.commitment is not None}
    return _to_sides(request, "dropped_out", "dropped_out", ways=True, **about)


def _reason(request: SeatRequest) -> dict[str, Any]:
    said = request.get_leave_reason_display()
    reason = "" if request.leave_reason == LeaveReason.OTHER else said
    return {"reason": reason, "note": request.words}


# --- Between -------------------------------------------------------------------------------------
def absence(request: SeatRequest, it: TrainingAbsence, before: TrainingAbsence | None) -> list[Message]:
    """The person and their advisor read all of it; the company, that the calendar changes."""
    is_cancelled = it.cancelled_at is not None
    change = f"absence/{it.pk}{'/cancelled' if is_cancelled else ''}"
    calendar = {
        "period": days_words(it),
        "is_interruption": it.kind == AbsenceKind.INTERRUPTION,
        "is_cancelled": is_cancelled,
        "before": days_words(before) if before else "",
    }
    why = {"reason": it.get_reason_display(), "note": it.words}
    messages = [_to_candidate(request, "absence", change, **calendar, **why)]
    messages += _to_advisors(request, "absence", change, **calendar, **why)
    if AbsenceKind.INTERRUPTION in (it.kind, before and before.kind):
        messages += _to_company(request, "absence", change, **calendar, reason="", note="")
    return messages


def days_words(it: TrainingAbsence) -> str:
    if it.last_day is None:
        return f"à partir du {french.day(it.first_day)}"
    if it.last_day == it.first_day:
        return f"le {french.day(it.first_day)}"
    return f"du {french.day(it.first_day)} au {french.day(it.last_day)}"


def check_in(it: CheckIn) -> list[Message]:
    return _check_in(it, "check_in", f"check_in/{it.pk}/{it.events.count()}")


def check_in_reminder(it: CheckIn, *, number: int) -> list[Message]:
    return _check_in(it, "check_in_reminder", f"check_in/{it.pk}/{it.events.count()}/reminder/{number}")


def _check_in(it: CheckIn, kind: str, change: str) -> list[Message]:
    link = settings.SITE_URL + reverse("commitments:check_in", args=[it.token])
    if it.side == CANDIDATE:
        return [_to_candidate(it.seat_request, kind, change, link=link)]
    return _to_company(it.seat_request, kind, change, link=link)


def concern_opened(it: Concern) -> list[Message]:
    """To whoever accompanies. The organisation reads it on its page: it accuses nobody."""
    request = SeatRequest.objects.for_page().get(pk=it.seat_request_id)
    cause = it.get_cause_display()
    return _to_advisors(request, "concern", f"concern/{it.pk}", cause=cause)


def concern_reminder(it: Concern, *, number: int) -> list[Message]:
    request = SeatRequest.objects.for_page().get(pk=it.seat_request_id)
    cause = it.get_cause_display()
    return _to_advisors(request, "concern_reminder", f"concern/{it.pk}/reminder/{number}", cause=cause)


# --- Internships ---------------------------------------------------------------------------------
def internship_changed(it: "Internship", *, number: int) -> list[Message]:
    about = {**_internship_words(it), "is_cancelled": it.cancelled_at is not None}
    request, change = it.seat_request, f"internship/{it.pk}/{number}"
    messages = [_to_candidate(request, "internship_changed", change, **about)]
    return messages + _to_company(request, "internship_changed", change, **about)


def internship_soon(it: "Internship") -> list[Message]:
    """The practical message, some days before: to the person, and to the company that welcomes them."""
    about = _internship_words(it)
    request, change = it.seat_request, f"internship/{it.pk}/soon/{it.starts_on.isoformat()}"
    messages = [_to_candidate(request, "internship_soon", change, **about)]
    return messages + (_to_company(request, "internship_soon", change, **about) if it.company_id else [])


def _internship_words(it: "Internship") -> dict[str, Any]:
    commitment = it.seat_request.commitment
    is_here = it.company_id is not None
    return {
        "host": it.place,
        "is_here": is_here,
        "period": french.period(it.starts_on, it.ends_on),
        "first_day": french.day(it.starts_on, weekday=True),
        "contact": it.host_contact or (commitment.sponsor_contact if commitment and is_here else ""),
        "sponsor": commitment.sponsor_name if commitment and is_here else "",
    }


# --- Who -----------------------------------------------------------------------------------------
def _to_sides(
    request: SeatRequest, kind: str, change: str, *, ways: bool = False, **context: Any
) -> list[Message]:
    """The person with the ways on, the company that promises, the advisor."""
    more = {"alternatives": in_words(request), "choose_url": _link("my_seat", request.pk)} if ways else {}
    return [
        _to_candidate(request, kind, change, **more, **context),
        *_to_company(request, kind, change, **context),
        *_to_advisors(request, kind, change, **context),
    ]


def _to_promised_sides(
    request: SeatRequest, kind: str, change: str, *, ways: bool, **context: Any
) -> list[Message]:
    """The company only as long as it promises: what becomes of a training is not its own otherwise."""
    context |= {"is_promised": request.is_promised}
    messages = _to_sides(request, kind, change, ways=ways, **context)
    return [it for it in messages if request.is_promised or it.context["to_role"] != COMPANY]


def _to_candidate(request: SeatRequest, kind: str, change: str, **context: Any) -> Message:
    user = request.candidate.user
    about = {"to_role": CANDIDATE, "link": _link("my_course", request.pk), **context}
    return _message(request, kind, f"{change}/candidate", user.email, user, **about)


def _to_company(request: SeatRequest, kind: str, change: str, **context: Any) -> list[Message]:
    if request.commitment is None:
        return []
    members = request.commitment.company.confirmed_members().order_by("pk")
    about = {"to_role": COMPANY, "link": _link("future_employee", request.commitment_id), **context}
    return [_message(request, kind, f"{change}/c{it.pk}", it.email, it, **about) for it in members]


def _to_advisors(request: SeatRequest, kind: str, change: str, **context: Any) -> list[Message]:
    about = {"to_role": ADVISOR, "link": _link("followed_course", request.pk), **context}
    users = advisors_of(request)
    return [_message(request, kind, f"{change}/a{it.pk}", it.email, it, **about) for it in users]


def _to_organisation(request: SeatRequest, kind: str, change: str, **context: Any) -> list[Message]:
    about = {"to_role": ORGANISATION, "link": _link("course", request.pk), **context}
    readers = [it for it in readers_of(request) if it.may_know]
    return [_message(request, kind, f"{change}/{it.tag}", it.to, it.user, **about) for it in readers]


def _link(page: str, pk: int | None) -> str:
    return settings.SITE_URL + reverse(f"commitments:{page}", args=[pk])


def _message(
    request: SeatRequest, kind: str, change: str, to: str, to_user: User | None, **context: Any
) -> Message:
    return Message(
        kind=f"commitments/{kind}",
        to=to,
        to_user=to_user,
        key=f"course/{request.pk}/{change}",
        scope=request.department_code,
        context={**about_words(request), **context},
    )
