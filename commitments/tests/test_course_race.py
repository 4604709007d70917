"""Two people at once about one training: one outcome, and the other one is told."""

import pytest

from commitments.courses import actions, checkins, correcting
from commitments.courses.factories import a_project_in_training, a_trainee
from commitments.courses.models import CheckIn, CourseResult
from commitments.projects.ending import withdraw_from
from commitments.projects.models import Commitment
from commitments.seats.factories import trainer_of
from commitments.seats.models import SeatRequest
from core.models import OutgoingMessage
from tests.race import overlapping

pytestmark = pytest.mark.django_db(transaction=True)


def again(request):
    return SeatRequest.objects.select_related("commitment").get(pk=request.pk)


def finishing(request, by, result):
    return lambda: actions.finish_course(again(request), by=by, result=result)


def leaving(request, by):
    return lambda: actions.leave_course(again(request), by=by, reason="travel")


def correcting_it(request, by):
    return lambda: correcting.correct_result(again(request), by=by, result="not_certified", why="Une erreur")


def test_two_members_give_the_result_at_once_then_correct_it_at_once():
    request = a_trainee(days=30, length=30)
    by = trainer_of(request)
    first, second = finishing(request, by, "certified"), finishing(request, by, "not_certified")
    assert overlapping(first, second) == "refused"
    request.refresh_from_db()
    assert request.result == "certified"
    assert CourseResult.objects.count() == 1
    letters = OutgoingMessage.objects.filter(kind="commitments/trained", to=request.candidate.user.email)
    assert letters.count() == 1
    assert overlapping(correcting_it(request, by), correcting_it(request, by)) == "refused"
    assert again(request).events.filter(transition="correct_result").count() == 1


def test_a_result_while_the_person_withdraws_has_one_outcome():
    world = a_project_in_training(days=60, length=60)
    commitment = Commitment.objects.get(pk=world.commitment.pk)

    def withdrawing():
        withdraw_from(commitment, by=world.candidate, reason="other_job")

    assert overlapping(withdrawing, finishing(world.request, world.trainer, "certified")) == "refused"
    world.request.refresh_from_db()
    assert world.request.status == "released"


def test_a_stop_while_the_result_is_given_has_one_outcome():
    world = a_project_in_training(days=60, length=60)
    first = finishing(world.request, world.trainer, "certified")
    assert overlapping(first, leaving(world.request, world.trainer)) == "refused"
    assert again(world.request).status == "finished"


def test_two_clicks_on_a_check_in_are_one_answer():
    request = a_trainee(days=30, length=60)
    CheckIn.objects.update(status="asked")

    def clicking():
        checkins.answer(CheckIn.objects.get(seat_request=request), by=None, is_worried=False)

    assert overlapping(clicking, clicking) == "refused"
    assert CheckIn.objects.get().events.filter(transition="say_fine").count() == 1
