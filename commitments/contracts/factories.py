"""Projects past their training, for tests and the demo: the shortest way there."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.db import transaction
from django.utils import timezone

from commitments.contracts import actions, declaring
from commitments.contracts.declaring import Facts
from commitments.factories import a_sealed_project, reread
from commitments.projects import followers
from commitments.projects.models import Commitment
from commitments.seats.models import Result, SeatRequest
from commitments.seats.workflow import SeatStatus
from tests.remembered import remembered


def finish_training(world: SimpleNamespace, result: str = Result.CERTIFIED) -> None:
    """The organisation gave its result; nobody has looked at the conditions yet. Written by hand, as
    `a_commitment_in` does: the days of the session have not passed.
    """
    now = timezone.now()
    over = {"status": SeatStatus.FINISHED, "result": result, "left_on": timezone.localdate()}
    SeatRequest.objects.filter(commitment=world.commitment, holds_seat=True).update(**over)
    trained = {"status": "trained", "status_since": now, "waiting_since": now, "wait_step": 0}
    Commitment.objects.filter(pk=world.commitment.pk).update(**trained)
    world.commitment = reread(world.commitment)


@transaction.atomic
def give_result(world: SimpleNamespace, result: str = Result.CERTIFIED) -> None:
    """As the organisation's own page does: in one transaction with what follows."""
    finish_training(world, result)
    followers.trained(world.commitment, None)
    world.commitment = reread(world.commitment)


@remembered
def a_trained_project(
    result: str = Result.CERTIFIED, *, world: SimpleNamespace | None = None, **options: Any
) -> SimpleNamespace:
    """Concluded: `to_confirm`, `conditions_unmet`, or `trained` when a document is missing. `world` is sealed."""
    world = world or a_sealed_project(**options)
    give_result(world, result)
    return world


@remembered
def an_accepted_contract(**options: Any) -> SimpleNamespace:
    world = a_trained_project(**options)
    actions.accept(world.commitment, by=world.candidate)
    world.commitment = reread(world.commitment)
    return world


def facts(**said: Any) -> Facts:
    """A CDI, as promised; say what differs."""
    usual = {
        "kind": "cdi",
        "starts_on": timezone.localdate() + dt.timedelta(days=3),
        "hours_weekly": Decimal(35),
        "pay_gross_monthly": Decimal(1950),
    }
    return Facts(**{**usual, **said})


@remembered
def a_declared_contract(*, world: SimpleNamespace | None = None, **said: Any) -> SimpleNamespace:
    world = world or an_accepted_contract()
    world.contract = declaring.declare(world.commitment, facts(**said), by=world.member)
    world.commitment = reread(world.commitment)
    return world


@remembered
def a_hired_person(**said: Any) -> SimpleNamespace:
    world = a_declared_contract(**said)
    declaring.confirm_contract(world.contract, by=world.candidate)
    world.commitment = reread(world.commitment)
    return world
