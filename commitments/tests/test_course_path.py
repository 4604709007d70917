"""A training from the first day to the result, and what happens between."""

import pytest

from commitments.courses import actions
from commitments.courses.factories import (
    a_project_in_training,
    a_trained_project,
    an_admitted_project,
)
from core.models import OutgoingMessage
from core.rules import RuleBroken

pytestmark = pytest.mark.django_db


def kinds():
    return set(OutgoingMessage.objects.values_list("kind", flat=True))


class TestThePath:
    def test_the_entry_moves_the_project_with_the_seat(self):
        world = a_project_in_training()
        assert (world.request.status, world.commitment.status) == ("entered", "in_training")
        assert world.request.holds_seat
        roles = OutgoingMessage.objects.filter(kind="commitments/entered").values_list("context__to_role")
        assert {role for (role,) in roles} == {"candidate", "company", "advisor"}

    def test_the_result_ends_the_training_and_the_contract_comes_next(self):
        world = a_trained_project()
        assert (world.request.status, world.request.result) == ("finished", "certified")
        assert world.commitment.events.filter(transition="complete").exists()
        assert "commitments/trained" in kinds()

    def test_a_stop_ends_the_project_and_gives_the_seat_back(self):
        world = a_project_in_training()
        actions.leave_course(world.request, by=world.trainer, reason="job")
        world.commitment.refresh_from_db()
        world.request.refresh_from_db()
        assert (world.request.status, world.request.holds_seat) == ("left", False)
        assert (world.commitment.status, world.commitment.end_reason) == ("dropped_out", "other_job")

    def test_who_did_not_come_gives_the_seat_back_and_the_promise_stands(self):
        world = an_admitted_project()
        actions.note_not_come(world.request, by=world.trainer, reason="no_news")
        world.commitment.refresh_from_db()
        world.request.refresh_from_db()
        assert (world.request.status, world.request.holds_seat) == ("released", False)
        assert world.commitment.status == "sealed"

    def test_both_yes_are_needed_to_enter(self):
        world = an_admitted_project()
        world.request.validation.status = "to_validate"
        world.request.validation.save()
        with pytest.raises(RuleBroken, match="conseiller"):
            actions.enter_course(world.request, by=world.trainer, entered_on=world.request.session.starts_on)
        world.commitment.refresh_from_db()
        assert world.commitment.status == "sealed"
