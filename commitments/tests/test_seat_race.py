"""Two people at once: one outcome, and exactly as many go up as there are seats freed."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from candidates.factories import CandidateFactory, SupportStructureFactory
from candidates.structures.actions import choose_structure, turn_to_default_structure
from candidates.structures.models import BasinDefault, Following
from commitments.seats import actions
from commitments.seats.factories import a_seat_request, a_session, trainer_of
from commitments.seats.models import SeatRequest
from commitments.seats.moves import follow_figures
from core.models import OutgoingMessage
from core.rules import RuleBroken
from territories.factories import CommuneFactory, EmploymentBasinFactory, EpciFactory
from tests.race import overlapping
from trainings.models import Session, SessionSeats

pytestmark = pytest.mark.django_db(transaction=True)
FREED, WAITING = 6, 10


def doing(action, request, by, **about):
    return lambda: action(SeatRequest.objects.get(pk=request.pk), by=by, **about)


def admitting(request):
    return doing(actions.admit_seat, request, trainer_of(request))


def refusing(request):
    return doing(actions.refuse_seat, request, trainer_of(request), reason="prerequisites")


def withdrawing(request):
    return doing(actions.withdraw_seat, request, request.candidate.user)


def told(kind):
    return set(OutgoingMessage.objects.filter(kind=f"commitments/{kind}").values_list("to", flat=True))


@pytest.mark.parametrize(("first", "second", "status"), [
    (admitting, refusing, "admitted"),
    (refusing, admitting, "refused"),
])  # fmt: skip
def test_two_members_answer_the_same_person(first, second, status):
    request = a_seat_request(session=a_session(seats_left=1))
    assert overlapping(first(request), second(request)) == "refused"
    request.refresh_from_db()
    assert (request.status, request.events.count()) == (status, 1)
    assert SessionSeats.objects.filter(taken__gt=1).count() == 0


def test_a_figure_said_while_somebody_is_admitted_counts_them():
    session = a_session(seats_total=None, seats_left=1)
    request = a_seat_request(session=session)

    def say_again():
        with transaction.atomic():
            follow_figures(Session.objects.get(pk=session.pk))

    assert overlapping(admitting(request), say_again) == "accepted"
    seats = SessionSeats.objects.get()
    assert (seats.places, seats.taken) == (2, 1)  # One is given, and one is still left.


def test_the_last_seat_is_given_once():
    session = a_session(seats_left=1)
    one, other = a_seat_request(session=session), a_seat_request(session=session)
    assert overlapping(admitting(one), admitting(other)) == "refused"
    assert SeatRequest.objects.admitted().count() == 1


def test_a_person_withdraws_while_being_admitted_and_both_are_told():
    request = a_seat_request(session=a_session(seats_left=1))
    assert overlapping(admitting(request), withdrawing(request)) == "accepted"
    request.refresh_from_db()
    assert (request.status, request.holds_seat) == ("withdrawn", False)
    assert SessionSeats.objects.get().taken == 0
    assert told("seat_withdrawn") >= {request.candidate.user.email, trainer_of(request).email}


def test_a_member_admits_while_the_person_withdraws():
    request = a_seat_request(session=a_session(seats_left=1))
    assert overlapping(withdrawing(request), admitting(request)) == "refused"
    request.refresh_from_db()
    assert request.status == "withdrawn"


def test_exactly_as_many_go_up_as_seats_are_freed():
    session = a_session(seats_left=FREED)
    admitted = [
        a_seat_request(
            "admitted",
            session=session,
            followed=False,
        )
        for _ in range(FREED)
    ]
    for _ in range(WAITING):
        a_seat_request("waitlisted", session=session, followed=False)

    def act(move):
        try:
            move()
        except RuleBroken as refusal:
            return refusal.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(max_workers=FREED) as pool:
        outcomes = list(pool.map(act, [withdrawing(it) for it in admitted]))
    assert outcomes == ["done"] * FREED
    up = SeatRequest.objects.filter(status="requested", holds_seat=True)
    assert up.count() == FREED
    assert SessionSeats.objects.get().taken == FREED
    first = SeatRequest.objects.filter(waitlisted_at__isnull=False).order_by("waitlisted_at", "pk")[:FREED]
    assert set(up) == set(first)


def test_who_is_admitted_from_the_list_and_who_frees_a_seat_do_not_wait_for_each_other():
    session = a_session(seats_left=1)
    admitted = a_seat_request("admitted", session=session)
    waiting = a_seat_request("waitlisted", session=session)
    assert overlapping(withdrawing(admitted), admitting(waiting)) == "accepted"
    waiting.refresh_from_db()
    assert (waiting.status, SessionSeats.objects.get().taken) == ("admitted", 1)


def test_one_person_asks_in_two_windows():
    request = a_seat_request("withdrawn")
    candidate, session = request.candidate, request.session

    def ask():
        actions.request_seat(candidate, session, by=candidate.user)

    assert overlapping(ask, ask) == "refused"
    assert SeatRequest.objects.live().count() == 1


def test_a_structure_that_one_chooses_prevails_over_the_basin_s_asked_meanwhile():
    commune = CommuneFactory(epci=EpciFactory())
    candidate, chosen = CandidateFactory(commune=commune), SupportStructureFactory()
    BasinDefault.objects.create(
        basin=EmploymentBasinFactory(epcis=[commune.epci]), structure=SupportStructureFactory()
    )
    overlapping(
        lambda: choose_structure(candidate, chosen, by=candidate.user),
        lambda: turn_to_default_structure(candidate),
    )
    following = Following.objects.get()
    assert (following.structure, following.status) == (chosen, "asked")
