"""The suspensive conditions of a promise, against the training's result: met, not met, or still to confirm."""

from collections.abc import Iterator

from commitments.contracts.models import ConditionCheck
from commitments.projects.halves import Condition
from commitments.projects.models import Commitment
from commitments.seats.models import Result, SeatRequest
from commitments.seats.workflow import SeatStatus

MET, UNMET, WAITS = "met", "unmet", "waits"


def result_of(commitment: Commitment) -> SeatRequest | None:
    """The finished training of this project."""
    finished = SeatRequest.objects.filter(commitment=commitment, status=SeatStatus.FINISHED)
    return finished.order_by("-left_on", "-pk").first()


def standing_of(commitment: Commitment) -> dict[str, str]:
    """Each condition of the promise and how it stands."""
    finished = result_of(commitment)
    said = {it.condition: it.is_met for it in ConditionCheck.objects.filter(commitment=commitment)}
    return dict(_each(commitment, finished, said))


def _each(
    commitment: Commitment, finished: SeatRequest | None, said: dict[str, bool | None]
) -> Iterator[tuple[str, str]]:
    for condition in commitment.promise.conditions:
        result = finished.result if finished else ""
        if condition == Condition.COMPLETED:
            yield condition, MET if finished else UNMET
        elif condition == Condition.CERTIFIED and result != Result.NONE_EXPECTED:
            yield condition, MET if result == Result.CERTIFIED else UNMET
        else:  # Nothing in the result says it: somebody does, with a document.
            is_met = said.get(condition)
            yield condition, WAITS if is_met is None else MET if is_met else UNMET


def outcome_of(standing: dict[str, str]) -> str:
    """One that is not met is enough; one that waits keeps the others waiting."""
    if UNMET in standing.values():
        return UNMET
    return WAITS if WAITS in standing.values() else MET


def ask_for(commitment: Commitment, standing: dict[str, str]) -> list[ConditionCheck]:
    """A row for each condition that somebody must confirm; the same rows the second time."""
    for condition, how in standing.items():
        if how == WAITS:
            ConditionCheck.objects.get_or_create(commitment=commitment, condition=condition)
    return list(ConditionCheck.objects.filter(commitment=commitment, is_met=None))
