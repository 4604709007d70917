"""Trainings under way, check-ins, files to look after: what the tables decide, and nothing else."""

import contextlib
import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.factories import UserFactory
from commitments.courses import actions, checkins, concerns, correcting, moving
from commitments.courses.factories import a_session_begun, a_trainee, an_admitted_person
from commitments.courses.models import CheckIn, Concern
from commitments.courses.workflow import (
    CHECK_IN_WORKFLOW,
    CONCERN_WORKFLOW,
    CheckInStatus,
    ConcernStatus,
)
from commitments.seats import moves as seat_moves
from commitments.seats.factories import a_seat_request, advisor_of, trainer_of
from commitments.seats.workflow import BEFORE_ENTRY, SEAT_WORKFLOW, SeatStatus
from core.models import OutgoingMessage
from core.rules import RuleBroken
from tests.access.cast import _agent as agent_of
from trainings.models import Session

pytestmark = pytest.mark.django_db
ROLES = ("candidate", "organisation", "advisor", "agent", "stranger")


def actor(role, request):
    return {
        "candidate": lambda: request.candidate.user,
        "organisation": lambda: trainer_of(request),
        "advisor": lambda: advisor_of(request),
        "agent": lambda: agent_of(request.department),
        "stranger": UserFactory,
    }[role]()


def today():
    return timezone.localdate()


DO = {
    "enter": lambda it, by: actions.enter_course(it, by=by, entered_on=today()),
    "not_come": lambda it, by: actions.note_not_come(it, by=by, reason="no_news"),
    "finish": lambda it, by: actions.finish_course(it, by=by, result="certified"),
    "leave": lambda it, by: actions.leave_course(it, by=by, reason="travel"),
    "correct_entry": lambda it, by: correcting.correct_entry(it, by=by, entered_on=today(), why="Erreur"),
    "undo_entry": lambda it, by: correcting.undo_entry(it, by=by, why="Erreur"),
    "undo_leave": lambda it, by: correcting.undo_leave(it, by=by, why="Erreur"),
    "correct_result": lambda it, by: correcting.correct_result(
        it, by=by, result="not_certified", why="Erreur"
    ),
}
MOVES = {it.name: it for it in SEAT_WORKFLOW.transitions}


def a_request_in(status):
    """On the last day of its session: everything that a date asks for may be said."""
    session = a_session_begun(days=30, length=30)
    entered = {"entered_on": session.starts_on} if status in ("entered", "finished", "left") else {}
    return a_seat_request(status, session=session, validated=True, **entered)


@pytest.mark.parametrize("event", DO)
@pytest.mark.parametrize("status", SeatStatus)
def test_each_event_of_a_training(status, event):
    request = a_request_in(status)
    for role in sorted(ROLES, key=lambda role: SEAT_WORKFLOW.is_decided(event, status, role)):
        by = actor(role, request)
        if not SEAT_WORKFLOW.is_decided(event, status, role):
            with pytest.raises((RuleBroken, PermissionDenied)):
                DO[event](request, by)
            request.refresh_from_db()
            assert (request.status, request.events.count()) == (status, 0), role
            assert not OutgoingMessage.objects.exists()
            continue
        DO[event](request, by)
        request.refresh_from_db()
        assert request.status == MOVES[event].target
        moved = request.events.get(transition=event)
        assert (moved.from_status, moved.role, moved.by) == (status, role, by)
        assert set(MOVES[event].owes) <= set(OutgoingMessage.objects.values_list("kind", flat=True))


def test_a_cancelled_session_ends_what_the_tables_say_and_nothing_else():
    session = a_session_begun(days=0, length=30)
    requests = {status: a_seat_request(status, session=session) for status in SeatStatus}
    Session.objects.filter(pk=session.pk).update(cancelled_at=timezone.now())
    seat_moves.follow_sessions()
    moving.follow_sessions()
    for status, request in requests.items():
        before = status in BEFORE_ENTRY
        after = "released" if before else MOVES["stop"].target if status == "entered" else status
        request.refresh_from_db()
        assert (request.status, request.told_gone) == (after, after != status), status


def a_check_in(status, side="candidate"):
    request = a_trainee(days=40, length=60)
    check_in = CheckIn.objects.get(seat_request=request, side="candidate")
    answered = timezone.now() if status in ("fine", "worried") else None
    CheckIn.objects.update(status=status, due_on=today(), answered_at=answered)
    check_in.refresh_from_db()
    return check_in


def _answer(is_worried):
    def act(check_in):
        checkins.answer(check_in, by=check_in.seat_request.candidate.user, is_worried=is_worried)

    return act


CHECK = {
    "ask": (checkins.ask, "system"),
    "say_fine": (_answer(is_worried=False), "candidate"),
    "say_worried": (_answer(is_worried=True), "candidate"),
    "skip": (lambda it: checkins.skip(it.seat_request), "system"),
}
CHECK_MOVES = {it.name: it for it in CHECK_IN_WORKFLOW.transitions}


@pytest.mark.parametrize("event", CHECK)
@pytest.mark.parametrize("status", CheckInStatus)
def test_each_event_of_a_check_in(status, event):
    check_in = a_check_in(status)
    OutgoingMessage.objects.all().delete()
    act, role = CHECK[event]
    if CHECK_IN_WORKFLOW.is_decided(event, status, role):
        act(check_in)
        check_in.refresh_from_db()
        assert check_in.status == CHECK_MOVES[event].target
        owed = set(CHECK_MOVES[event].owes)
        assert owed <= set(OutgoingMessage.objects.values_list("kind", flat=True))
        return
    with contextlib.suppress(RuleBroken):
        act(check_in)
    check_in.refresh_from_db()
    assert check_in.status == status
    assert not OutgoingMessage.objects.exists()


@pytest.mark.parametrize("role", ["organisation", "advisor", "agent", "stranger"])
def test_nobody_answers_a_check_in_for_the_person(role):
    check_in = a_check_in("asked")
    with pytest.raises(PermissionDenied):
        checkins.answer(check_in, by=actor(role, check_in.seat_request), is_worried=False)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("status", ConcernStatus)
def test_who_closes_a_file_to_look_after(status, role):
    request = a_trainee()
    concern = concerns.open_concern(request, "worried")
    if status == "closed":
        concerns.close_concern(concern, by=advisor_of(request), words="Appelée.")
    if CONCERN_WORKFLOW.is_decided("close", status, role):
        with pytest.raises(RuleBroken, match="ce qui a été fait"):
            concerns.close_concern(concern, by=actor(role, request), words=" ")
        concerns.close_concern(concern, by=actor(role, request), words="Appelée, tout est réglé.")
        assert Concern.objects.get().status == "closed"
    else:
        with pytest.raises((RuleBroken, PermissionDenied)):
            concerns.close_concern(concern, by=actor(role, request), words="Voilà")
        assert Concern.objects.get().status == status


class TestWrongInput:
    def test_a_correction_has_its_reason(self):
        request = a_trainee()
        with pytest.raises(RuleBroken, match="pourquoi"):
            correcting.undo_entry(request, by=trainer_of(request), why=" ")

    @pytest.mark.parametrize(
        ("days", "sentence"), [(1, "pas encore venu"), (-9, "commence le")], ids=["tomorrow", "before"]
    )
    def test_one_enters_between_the_first_day_and_today(self, days, sentence):
        request = an_admitted_person(days=3)
        with pytest.raises(RuleBroken, match=sentence):
            actions.enter_course(
                request, by=trainer_of(request), entered_on=today() + dt.timedelta(days=days)
            )

    def test_a_result_waits_for_the_last_day(self):
        request = a_trainee(days=10, length=60)
        with pytest.raises(RuleBroken, match="à partir de ce jour"):
            actions.finish_course(request, by=trainer_of(request), result="certified")

    @pytest.mark.parametrize(("reason", "words"), [("", ""), ("made_up", ""), ("other", " ")])
    def test_a_stop_has_its_reason(self, reason, words):
        request = a_trainee()
        with pytest.raises(RuleBroken):
            actions.leave_course(request, by=trainer_of(request), reason=reason, words=words)
        request.refresh_from_db()
        assert request.status == "entered"
