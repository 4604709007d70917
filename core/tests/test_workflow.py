"""Lifecycles: only what the table lists, by whom it lists, with the reason it asks for."""

import pytest

from core.rules import RuleBroken
from core.workflow import SYSTEM, Transition, Wait, Workflow, check

CLOSE = Transition(
    name="close", label="Fermer", sources=("open",), target="closed", who=("owner",), needs_reason=True
)
TABLE = Workflow(
    transitions=(CLOSE,),
    waits=(Wait(status="open", owner="owner", reminders=(3, 7), escalation=8, end=10),),
)


class Thing:
    def __init__(self, status):
        self.status = status

    def status_for(self, role):
        return {"open": "Ouverte", "closed": "Fermée"}[self.status]


@pytest.mark.parametrize(
    ("status", "role", "note", "code"),
    [
        ("closed", "owner", "parce que", "transition"),
        ("open", "stranger", "parce que", "role"),
        ("open", SYSTEM, "parce que", "role"),
        ("open", "owner", "  ", "reason"),
    ],
)
def test_the_table_refuses_with_a_sentence(status, role, note, code):
    with pytest.raises(RuleBroken) as refusal:
        check(CLOSE, Thing(status), role=role, note=note)
    assert refusal.value.code == code


def test_the_table_accepts_what_it_lists():
    check(CLOSE, Thing("open"), role="owner", note="parce que")
    assert TABLE.is_decided("close", "open", "owner")
    assert not TABLE.is_decided("close", "closed", "owner")
    assert not TABLE.is_decided("open", "closed", "owner")


def test_steps_of_a_wait_come_in_order_of_their_day():
    wait = TABLE.wait("open")
    assert wait.steps == ((3, "remind"), (7, "remind"), (8, "escalate"), (10, "end"))
    assert TABLE.wait("closed") is None
