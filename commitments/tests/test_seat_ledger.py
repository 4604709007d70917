"""The ledger of a session's seats is what its requests say, whatever happened to them, in any order."""

import contextlib
import random

import pytest

from candidates.factories import CandidateFactory
from commitments.seats import actions
from commitments.seats.factories import a_seat_request, a_session, trainer_of
from commitments.seats.models import SeatRequest
from commitments.seats.moves import follow_figures
from core.rules import RuleBroken
from trainings.models import Session, SessionSeats

pytestmark = pytest.mark.django_db
SEATS = 3


def ask(session, rng):
    candidate = CandidateFactory()
    actions.request_seat(candidate, session, by=candidate.user)


def say_seats(session, rng):
    most = Session.objects.get(pk=session.pk).seats_total
    Session.objects.filter(pk=session.pk).update(seats_left=rng.choice([None, 0, 1, most]))
    follow_figures(Session.objects.get(pk=session.pk))


def cut_seats(session, rng):
    """A catalogue that announces fewer seats takes seats left away too."""
    total = rng.choice([1, SEATS, 2 * SEATS])
    left = Session.objects.get(pk=session.pk).seats_left
    left = None if left is None else min(left, total)
    Session.objects.filter(pk=session.pk).update(seats_total=total, seats_left=left)
    follow_figures(Session.objects.get(pk=session.pk))


def on_one(act):
    def step(session, rng):
        request = rng.choice(SeatRequest.objects.for_page().filter(session=session))
        act(request)

    return step


STEPS = [
    ask,
    ask,
    say_seats,
    cut_seats,
    on_one(lambda it: actions.admit_seat(it, by=trainer_of(it))),
    on_one(lambda it: actions.admit_seat(it, by=trainer_of(it))),
    on_one(lambda it: actions.refuse_seat(it, by=trainer_of(it), reason="full")),
    on_one(lambda it: actions.waitlist_seat(it, by=trainer_of(it))),
    on_one(lambda it: actions.withdraw_seat(it, by=it.candidate.user)),
    on_one(lambda it: actions.release_seat(it, by=None, why="ended")),
    on_one(actions.lapse_seat),
]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_after_any_walk_the_ledger_counts_those_who_hold_a_seat(seed):
    rng = random.Random(seed)
    session = a_session(seats_total=SEATS, seats_left=SEATS)
    a_seat_request("admitted", session=session)
    for number in range(40):
        step, before = rng.choice(STEPS), SessionSeats.objects.get(session=session).taken
        with contextlib.suppress(RuleBroken):
            step(session, rng)
        row = SessionSeats.objects.select_related("session").get(session=session)
        assert row.taken == SeatRequest.objects.filter(session=session, holds_seat=True).count(), number
        most = row.session.seats_total
        assert row.taken <= max(most, before), (number, "more people than the session has seats")


def test_a_catalogue_that_takes_seats_away_does_not_add_any():
    session = a_session(seats_total=10, seats_left=5)
    for _ in range(3):
        a_seat_request("admitted", session=session)
    Session.objects.filter(pk=session.pk).update(seats_total=4, seats_left=4)
    follow_figures(Session.objects.get(pk=session.pk))
    assert SessionSeats.objects.get(session=session).places == 4
