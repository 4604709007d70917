"""What dates ask for, every ten minutes: by state, so that a night skipped or run twice changes nothing."""

import datetime as dt
import logging
from collections.abc import Callable
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.utils import timezone

from commitments.courses import agents, checkins, emails, internships, moving
from commitments.courses.internship_models import Internship
from commitments.courses.models import CheckIn, Concern, CourseNotice, NoticeKind
from commitments.courses.queries import IN_COURSE, PROMISED, WAS_IN_COURSE
from commitments.courses.workflow import (
    CHECK_IN_WORKFLOW,
    CONCERN_WORKFLOW,
)
from commitments.seats.models import SeatRequest
from commitments.seats.queries import SeatRequestQuerySet
from commitments.seats.workflow import SeatStatus
from commitments.waiting import of_seat
from core.outbox import post
from core.sweeps import each_alone
from core.waits import Watch
from territories.delays import wait_in, waits_of
from territories.working_days import working_days_between
from trainings.models import InCompanyPeriod

logger = logging.getLogger(__name__)


def sweep_courses() -> int:
    """Sessions that change under way, entries and results not said, check-ins, internships."""
    return (
        moving.follow_sessions()
        + _each(entries_to_say(), _chase_entry)
        + _each(results_to_say(), _chase_result)
        + _each(_to_plan(), checkins.plan)
        + _each(CheckIn.objects.to_ask(), checkins.ask)
        + _each(CheckIn.objects.overtaken(), checkins.overtake)
        + _each(_seat_given_back(), internships.cancel_to_come)
        + _each(_without_internship(), internships.by_default)
        + _each(_off_their_periods(), internships.follow_periods)
        + _each(_internships_to_tell(), _tell_internship)
    )


def _each(rows: QuerySet, act: Callable[[Any], Any]) -> int:
    """A seat request is held while it is acted upon; what `act` finds nothing to do to is not counted."""
    model = rows.model

    def one(pk: int) -> bool:
        row = model.objects.get(pk=pk)
        if model is SeatRequest:
            row.lock()
        return bool(act(row))

    return each_alone(rows.order_by("pk"), one)


# --- What the organisation must say --------------------------------------------------------------
def entries_to_say(among: SeatRequestQuerySet | None = None) -> SeatRequestQuerySet:
    """Admitted, and the first day has come; entered at any time: since the organisation's yes."""
    answered = TruncDate(Coalesce("answered_at", "status_since"))
    rows = SeatRequest.objects.all() if among is None else among
    rows = rows.filter(status=SeatStatus.ADMITTED, session__cancelled_at=None).annotate(
        due=Greatest(Coalesce(F("session__starts_on"), answered), answered)
    )
    return rows.filter(due__lte=timezone.localdate())


def results_to_say(among: SeatRequestQuerySet | None = None) -> SeatRequestQuerySet:
    """In training, and the last day has come."""
    rows = SeatRequest.objects.all() if among is None else among
    rows = rows.filter(status=SeatStatus.ENTERED).annotate(due=F("session__ends_on"))
    return rows.filter(due__lte=timezone.localdate())


def _chase_entry(request: SeatRequest) -> bool:
    due = entries_to_say().values_list("due", flat=True).filter(pk=request.pk).first()
    return _chase(request, due, NoticeKind.ENTRY, "entry", emails.entry_reminder, agents.entry_is_not_said)


def _chase_result(request: SeatRequest) -> bool:
    due = results_to_say().values_list("due", flat=True).filter(pk=request.pk).first()
    return _chase(
        request, due, NoticeKind.RESULT, "result", emails.result_reminder, agents.result_is_not_said
    )


def _chase(
    request: SeatRequest,
    due: dt.date | None,
    kind: str,
    name: str,
    remind: Callable[..., list],
    escalate: Callable[[SeatRequest, dt.date], None],
) -> bool:
    """The last step that is due and was not done; steps are counted from the session's own day."""
    if due is None:
        return False
    wait = wait_in(request.department_code, name)
    passed = working_days_between(due, timezone.localdate(), request.department_code)
    steps = [step for step in wait.steps if step[0] <= passed]
    notice, _ = CourseNotice.objects.get_or_create(seat_request=request, kind=kind, day=due)
    if len(steps) <= notice.steps:
        return False
    missed = [name for _, name in steps[notice.steps :]]
    notice.steps = len(steps)
    notice.save(update_fields=["steps"])
    whole = SeatRequest.objects.for_page().get(pk=request.pk)
    if "escalate" in missed:
        escalate(whole, due)
    else:
        for message in remind(whole, due, len(steps)):
            post(message)
    return True


# --- Check-ins, internships ----------------------------------------------------------------------
def _to_plan() -> QuerySet:
    """Entered before the session had its last day."""
    known = CheckIn.objects.filter(seat_request=OuterRef("pk"))
    entered = SeatRequest.objects.filter(status=SeatStatus.ENTERED, session__ends_on__gt=timezone.localdate())
    return entered.filter(~Exists(known))


def _seat_given_back() -> QuerySet:
    """Nobody goes there any more, by whatever end: their internships would keep the days of the next ones."""
    to_come = Internship.objects.standing().filter(
        seat_request=OuterRef("pk"), starts_on__gt=timezone.localdate()
    )
    rows = SeatRequest.objects.exclude(status__in={*IN_COURSE, *WAS_IN_COURSE})
    return rows.filter(Exists(to_come))


def _without_internship() -> QuerySet:
    """Promised, and the session has said its periods in companies."""
    known = Internship.objects.filter(seat_request=OuterRef("pk"))
    periods = InCompanyPeriod.objects.filter(session=OuterRef("session"))
    rows = SeatRequest.objects.filter(PROMISED, status__in=IN_COURSE)
    return rows.filter(Exists(periods), ~Exists(known))


def _off_their_periods() -> QuerySet:
    """Nobody said otherwise, and the session's periods are not those of their internships any more."""
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    mine = Internship.objects.standing().filter(seat_request=OuterRef("pk"))
    same = InCompanyPeriod.objects.filter(
        session=OuterRef("seat_request__session"),
        starts_on=OuterRef("starts_on"),
        ends_on=OuterRef("ends_on"),
    )
    taken = Internship.objects.standing().filter(
        seat_request=OuterRef(OuterRef("pk")), starts_on=OuterRef("starts_on"), ends_on=OuterRef("ends_on")
    )
    new = InCompanyPeriod.objects.filter(~Exists(taken), session=OuterRef("session"), starts_on__gte=tomorrow)
    off = Exists(mine.filter(~Exists(same), starts_on__gte=tomorrow)) | Exists(new)
    known = Internship.objects.filter(seat_request=OuterRef("pk"))
    rows = SeatRequest.objects.filter(PROMISED, Exists(known), status__in=IN_COURSE)
    return rows.filter(~Exists(known.touched()), off)


def _internships_to_tell() -> QuerySet:
    told = CourseNotice.objects.filter(
        seat_request=OuterRef("seat_request"), kind=NoticeKind.INTERNSHIP, day=OuterRef("starts_on")
    )
    return Internship.objects.soon().filter(~Exists(told))


def _tell_internship(internship: Internship) -> bool:
    request = SeatRequest.objects.get(pk=internship.seat_request_id)
    request.lock()
    _, is_new = CourseNotice.objects.get_or_create(
        seat_request=request, kind=NoticeKind.INTERNSHIP, day=internship.starts_on
    )
    if not is_new or internship.cancelled_at is not None:
        return False
    for message in emails.internship_soon(Internship.objects.for_list().get(pk=internship.pk)):
        post(message)
    return True


# --- Waiting -------------------------------------------------------------------------------------
def _remind_check_in(check_in: CheckIn, *, number: int) -> None:
    for message in emails.check_in_reminder(checkins.whole(check_in), number=number):
        post(message)


def _nothing(row: Any) -> None:
    """Nobody else is asked; or: silence ends nothing."""


def _working_days(concern: Concern) -> int:
    code = concern.seat_request.department_code
    return working_days_between(timezone.localdate(concern.waiting_since), timezone.localdate(), code)


def _remind_advisor(concern: Concern, *, number: int) -> None:
    for message in emails.concern_reminder(concern, number=number):
        post(message)


CHECK_INS = Watch(
    model=CheckIn,
    workflow=CHECK_IN_WORKFLOW,
    remind=_remind_check_in,
    escalate=_nothing,
    end=checkins.go_silent,
    wait_of=waits_of("check_in", of_seat),
)
CONCERNS = Watch(
    model=Concern,
    workflow=CONCERN_WORKFLOW,
    remind=_remind_advisor,
    escalate=agents.concern_waits,
    end=_nothing,
    waited=_working_days,
    wait_of=waits_of("concern", of_seat),
)
