"""Both tables of a seat: every status × every event × every role does what they say, and nothing else."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.factories import UserFactory
from commitments.seats import actions, validating
from commitments.seats.factories import a_seat_request, a_session, advisor_of, trainer_of
from commitments.seats.holding import move_up
from commitments.seats.models import ProjectValidation
from commitments.seats.workflow import PROJECT_WORKFLOW, SEAT_WORKFLOW, ProjectStatus, SeatStatus
from core.models import OutgoingMessage
from core.rules import RuleBroken
from tests.access.cast import _agent as agent_of

pytestmark = pytest.mark.django_db
ROLES = ("candidate", "organisation", "advisor", "agent")


def actor(role, request):
    return {
        "candidate": lambda: request.candidate.user,
        "organisation": lambda: trainer_of(request),
        "advisor": lambda: advisor_of(request),
        "agent": lambda: agent_of(request.department),
        "system": lambda: None,
    }[role]()


def tomorrow():
    return timezone.now() + dt.timedelta(days=1)


DO = {
    "invite": lambda it, by: actions.invite_to_meeting(it, by=by, at=tomorrow(), place="Salle 2"),
    "admit": lambda it, by: actions.admit_seat(it, by=by),
    "refuse": lambda it, by: actions.refuse_seat(it, by=by, reason="prerequisites"),
    "waitlist": lambda it, by: actions.waitlist_seat(it, by=by),
    "withdraw": lambda it, by: actions.withdraw_seat(it, by=by),
    "release": lambda it, by: actions.release_seat(it, by=by, why="agent", words="Déménagement"),
}
BY_DATES = {
    "release": lambda it: actions.release_seat(it, by=None, why="ended"),
    "lapse": actions.lapse_seat,
    "move_up": lambda it: move_up([it]),
}
SEAT_MOVES = {it.name: it for it in SEAT_WORKFLOW.transitions}


def check(thing, request, workflow, moves, event, do, roles=ROLES):
    """Who may not, first: nothing moves. Then whoever may."""
    before, count = thing.status, thing.events.count()
    decided = [role for role in roles if workflow.is_decided(event, before, role)]
    for role in sorted(roles, key=decided.__contains__):
        by = actor(role, request)
        if role not in decided:
            with pytest.raises((RuleBroken, PermissionDenied)):
                do(thing, by)
            thing.refresh_from_db()
            assert (thing.status, thing.events.count()) == (before, count), role
            assert not OutgoingMessage.objects.exists()
            continue
        do(thing, by)
        thing.refresh_from_db()
        assert thing.status == moves[event].target
        moved = thing.events.last()
        assert (moved.transition, moved.from_status, moved.role, moved.by) == (event, before, role, by)
        assert set(moves[event].owes) <= set(OutgoingMessage.objects.values_list("kind", flat=True))
        break  # It has moved: each table has one role for one move, beside the dates.


@pytest.mark.parametrize("event", DO)
@pytest.mark.parametrize("status", SeatStatus)
def test_each_event_of_a_request(status, event):
    request = a_seat_request(status)
    check(request, request, SEAT_WORKFLOW, SEAT_MOVES, event, DO[event])


@pytest.mark.parametrize("event", BY_DATES)
@pytest.mark.parametrize("status", SeatStatus)
def test_what_nobody_asks_for(status, event):
    request = a_seat_request(status)
    do = BY_DATES[event]
    check(request, request, SEAT_WORKFLOW, SEAT_MOVES, event, lambda it, by: do(it), ("system",))


JUDGE = {
    "validate": lambda it, by: validating.validate_project(it, by=by, income="region"),
    "not_validate": lambda it, by: validating.not_validate_project(it, by=by, reason="income"),
}
PROJECT_MOVES = {it.name: it for it in PROJECT_WORKFLOW.transitions}


@pytest.mark.parametrize("event", JUDGE)
@pytest.mark.parametrize("status", ProjectStatus)
def test_each_event_of_a_validation(status, event):
    request = a_seat_request(validated=status == "validated")
    if status == "not_validated":
        ProjectValidation.objects.update(
            status=status, reason="income", decided_at=timezone.now(), decided_by=advisor_of(request)
        )
    validation = ProjectValidation.objects.get(seat_request=request)
    check(validation, request, PROJECT_WORKFLOW, PROJECT_MOVES, event, JUDGE[event])


@pytest.mark.parametrize("event", [*DO, *JUDGE])
def test_a_stranger_decides_nothing(event):
    request = a_seat_request()
    thing, do = (request, DO[event]) if event in DO else (request.validation, JUDGE[event])
    with pytest.raises(PermissionDenied):
        do(thing, UserFactory())
    assert not request.events.exists()


@pytest.mark.parametrize("status", ["refused", "withdrawn", "entered"])
def test_nothing_is_validated_for_a_request_that_is_over(status):
    request = a_seat_request(status)
    with pytest.raises(RuleBroken, match="n’attend plus"):
        validating.validate_project(request.validation, by=advisor_of(request), income="region")


@pytest.mark.parametrize(("reason", "words"), [("made_up", ""), ("other", " "), ("", "Voilà")])
def test_a_refusal_has_a_reason_from_the_list(reason, words):
    request = a_seat_request()
    with pytest.raises(RuleBroken):
        actions.refuse_seat(request, by=trainer_of(request), reason=reason, words=words)
    assert not request.events.exists()


@pytest.mark.parametrize(("income", "words"), [("", ""), ("made_up", ""), ("other", " ")])
def test_a_validation_says_what_one_lives_on(income, words):
    request = a_seat_request()
    with pytest.raises(RuleBroken):
        validating.validate_project(request.validation, by=advisor_of(request), income=income, words=words)


class TestMeetings:
    def test_the_invitation_carries_a_date_for_the_calendar_and_the_answer_waits_for_it(self):
        request = a_seat_request()
        at = timezone.now() + dt.timedelta(days=9)
        actions.invite_to_meeting(request, by=trainer_of(request), at=at, place="Salle 2")
        letter = OutgoingMessage.objects.get(kind="commitments/seat_meeting")
        assert "BEGIN:VEVENT" in letter.attachments[0]["text"]
        assert request.waiting_since == at

    def test_another_date_moves_the_meeting_to_come_and_the_same_one_is_not_sent_twice(self):
        request, at = a_seat_request(), timezone.now() + dt.timedelta(days=9)
        by = trainer_of(request)
        first = actions.invite_to_meeting(request, by=by, at=at, place="Salle 2")
        with pytest.raises(RuleBroken, match="déjà invitée"):
            actions.invite_to_meeting(request, by=by, at=at, place="Salle 2 ")
        moved = actions.invite_to_meeting(request, by=by, at=at, place="Salle 3")
        assert (moved.pk, request.meetings.get().place) == (first.pk, "Salle 3")
        letter = OutgoingMessage.objects.filter(kind="commitments/seat_meeting").latest("pk")
        assert "SEQUENCE:1" in letter.attachments[0]["text"]
        assert letter.context["is_moved"]

    def test_who_came_is_said_once_it_has_begun(self):
        request = a_seat_request()
        by = trainer_of(request)
        meeting = actions.invite_to_meeting(request, by=by, at=tomorrow(), place="Salle 2")
        with pytest.raises(RuleBroken, match="pas encore"):
            actions.record_attendance(meeting, by=by, has_come=True)
        meeting.at = timezone.now()
        actions.record_attendance(meeting, by=by, has_come=False)
        meeting.refresh_from_db()
        assert meeting.has_come is False

    def test_a_past_date_is_refused(self):
        request = a_seat_request()
        with pytest.raises(RuleBroken, match="à venir"):
            actions.invite_to_meeting(request, by=trainer_of(request), at=timezone.now(), place="Salle 2")

    def test_a_meeting_before_the_answer_is_before_the_session(self):
        request = a_seat_request(session=a_session(starts_on=timezone.localdate() + dt.timedelta(days=3)))
        at = timezone.now() + dt.timedelta(days=3)
        with pytest.raises(RuleBroken, match="avant le début de la session"):
            actions.invite_to_meeting(request, by=trainer_of(request), at=at, place="Salle 2")
