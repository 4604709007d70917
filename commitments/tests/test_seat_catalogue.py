"""The catalogue moves, drops or shrinks a session while people hold seats: told once, nothing lost."""

import pytest

from commitments.seats import moves
from commitments.seats.factories import a_seat_request
from core.models import OutgoingMessage
from territories.models import AgentTask
from trainings.models import Session, SessionSeats
from trainings.tests.lheo import action, catalogue, formation, in_days, session

pytestmark = pytest.mark.django_db


def announced(*sessions):
    return catalogue(formation("AF_1", action("AC_1", *sessions)))


def letters(kind, request):
    mine = OutgoingMessage.objects.filter(kind=f"commitments/{kind}", to=request.candidate.user.email)
    return mine.count()


@pytest.fixture
def request_(follow):
    follow(announced(session("S1"), session("S2")))
    Session.objects.filter(external_id="S1").update(seats_left=2)
    return a_seat_request("admitted", session=Session.objects.get(external_id="S1"))


def test_other_dates_are_told_once_before_the_entry_and_after_it(follow, request_):
    trainee = a_seat_request("entered", session=request_.session)
    later = announced(session("S1", in_days(100), in_days(200)), session("S2"))
    follow(later)
    follow(later)
    request_.refresh_from_db()
    assert (request_.status, request_.holds_seat) == ("admitted", True)
    assert request_.told_starts_on == Session.objects.get(external_id="S1").starts_on
    assert letters("seat_session_moved", request_) == 1
    assert (letters("course_session", trainee), letters("seat_session_moved", trainee)) == (1, 0)


def test_a_session_that_vanishes_keeps_its_people_and_comes_back(follow, request_):
    follow(announced(session("S2")))
    follow(announced(session("S2")))
    request_.refresh_from_db()
    assert (request_.status, request_.told_gone) == ("admitted", True)
    assert letters("seat_session_moved", request_) == 1
    letter = OutgoingMessage.objects.get(
        kind="commitments/seat_session_moved", to=request_.candidate.user.email
    )
    assert letter.context["alternatives"], "the nearest equivalent session is offered"
    assert AgentTask.objects.open().filter(kind="session_vanished").count() == 1
    follow(announced(session("S1"), session("S2")))
    request_.refresh_from_db()
    assert (request_.status, request_.told_gone) == ("admitted", False)
    assert letters("seat_session_moved", request_) == 2, "who read that it had gone reads that it is back"
    assert not AgentTask.objects.open().filter(kind="session_vanished").exists(), "nobody has to ask any more"


def test_fewer_seats_than_people_ask_an_agent_once(follow, request_):
    a_seat_request("admitted", session=request_.session)
    for _ in range(2):
        follow(announced(session("S1", seats="1"), session("S2")))
    assert AgentTask.objects.filter(kind="seats_missing").count() == 1
    assert SessionSeats.objects.get(session=request_.session).taken == 2


def test_a_session_that_cannot_be_told_keeps_no_other_waiting(follow, request_, monkeypatch, caplog):
    monkeypatch.setattr("commitments.seats.moves.agents.more_holds_than_seats", lambda *_: 1 / 0)
    Session.objects.filter(external_id="S1").update(seats_total=0, seats_left=0, starts_on=in_days(60))
    assert moves.follow_sessions() == 1
    assert "row failed" in caplog.text
