"""The tables of the contract: every status × every event × every role does what they say, nothing else."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from commitments.contracts import actions, declaring, disputing
from commitments.contracts.factories import a_declared_contract, an_accepted_contract, facts, finish_training
from commitments.contracts.models import ConditionCheck, Contract
from commitments.contracts.workflow import CONTRACT_WORKFLOW, PAST, ContractStatus
from commitments.factories import a_sealed_project, bare, rewritten
from commitments.projects.models import Commitment
from commitments.projects.workflow import COMMITMENT_WORKFLOW, CommitmentStatus
from core.models import OutgoingMessage
from core.rules import RuleBroken
from tests.access.cast import _agent as agent_of
from tests.worlds import made_once

pytestmark = pytest.mark.django_db
ROLES = ("candidate", "company", "advisor", "agent")


def confirm_condition(world, by):
    ConditionCheck.objects.get_or_create(commitment=world.commitment, condition="licence")
    said = {"is_met": True, "document": "Permis B", "dated": timezone.localdate()}
    actions.confirm_condition(bare(world.commitment), "licence", by=by, **said)


def dispute(world, by):
    contract = Contract.objects.filter(commitment=world.commitment).first()
    if contract is None:
        raise RuleBroken("Rien n’est déclaré.")
    disputing.dispute_contract(contract, by=by, reason="not_signed", words="Rien")


def hire(world, by):
    contract = Contract.objects.filter(commitment=world.commitment).first()
    if contract is None:
        raise RuleBroken("Rien n’est déclaré.")
    declaring.confirm_contract(contract, by=by)


def settle(world, by):
    contracts = Contract.objects.filter(commitment=world.commitment)
    contracts.update(status="disputed", dispute_reason="not_signed")
    if not contracts:
        raise RuleBroken("Rien n’est déclaré.")
    disputing.settle_dispute(contracts[0], by=by, truth="company", words="Contrat lu")


DO = {
    "confirm_condition": confirm_condition,
    "accept": lambda world, by: actions.accept(bare(world.commitment), by=by),
    "decline": lambda world, by: actions.decline(bare(world.commitment), by=by, reason="travel"),
    "declare": lambda world, by: declaring.declare(bare(world.commitment), facts(), by=by),
    "dispute": dispute,
    "hire": hire,
    "settle": settle,
}
OUTSIDE = ("declare", "conditions_unmet", "company")  # Recorded outside the promise: the project stays.


def people(world):
    agent = agent_of(world.offer.commune.department)
    return {"candidate": world.candidate, "company": world.member, "advisor": world.advisor, "agent": agent}


def snapshot(world):
    return (
        bare(world.commitment).status,
        world.commitment.events.count(),
        OutgoingMessage.objects.count(),
        Contract.objects.count(),
    )


_made, sealed = made_once(a_sealed_project)


@pytest.mark.parametrize(
    "status", [it for it in CommitmentStatus.values if it not in ("proposed", "expired")]
)
def test_each_event_of_a_project_after_its_training(sealed, status):
    """One world for each status: what is refused leaves it as it is; what is allowed is undone."""
    world = rewritten(sealed, status)
    if status == "accepted":
        a_declared_contract(world=world)
    cast = people(world)
    for event, act in DO.items():
        for role in ROLES:
            before = snapshot(world)
            with transaction.atomic():
                if COMMITMENT_WORKFLOW.is_decided(event, status, role):
                    act(world, cast[role])
                    move = next(it for it in COMMITMENT_WORKFLOW.transitions if it.name == event)
                    sent = set(OutgoingMessage.objects.values_list("kind", flat=True))
                    assert set(move.owes) <= sent, (event, role)
                    assert world.commitment.events.filter(transition=event).exists()
                elif (event, status, role) != OUTSIDE:
                    with pytest.raises((RuleBroken, PermissionDenied)):
                        act(world, cast[role])
                    assert snapshot(world) == before, (event, role)
                transaction.set_rollback(True)


CONTRACT_DO = {
    "confirm": lambda it, by: declaring.confirm_contract(it, by=by),
    "dispute": lambda it, by: disputing.dispute_contract(it, by=by, reason="not_signed", words="Rien"),
    "decide": lambda it, by: disputing.settle_dispute(it, by=by, truth="company", words="Lu"),
    "find_none": lambda it, by: disputing.settle_dispute(it, by=by, truth="none", words="Rien"),
    "replace": lambda it, by: declaring.declare(it.commitment, facts(reference="2"), by=by),
    "add_mission": lambda it, by: declaring.add_mission(
        it, starts_on=it.ends_on, ends_on=it.ends_on + dt.timedelta(days=9), by=by
    ),
}


def test_each_event_of_a_declared_contract():
    world = an_accepted_contract()
    soon = timezone.localdate() + dt.timedelta(days=3)
    a_declared_contract(world=world, kind="interim", starts_on=soon, ends_on=soon + dt.timedelta(days=40))
    cast = people(world)
    for status in ContractStatus.values:
        more = {"dispute_reason": "pay"} if status == "disputed" else {}
        Contract.objects.update(status=status, **more)
        final = status in ("confirmed", "one_sided", "decided")
        Commitment.objects.update(
            status="hired" if final else "accepted", exit_type="there", exit_said_by="system"
        )
        for event, act in CONTRACT_DO.items():
            for role in ROLES:
                contract = Contract.objects.select_related("commitment").get()
                with transaction.atomic():
                    before = contract.events.count()
                    if CONTRACT_WORKFLOW.is_decided(event, status, role):
                        act(contract, cast[role])
                        assert contract.events.filter(transition=event).exists(), (status, event)
                    elif not (event == "replace" and status in PAST and role == "company"):
                        with pytest.raises((RuleBroken, PermissionDenied)):
                            act(contract, cast[role])
                        assert contract.events.count() == before, (status, event, role)
                    transaction.set_rollback(True)


WRONG = [
    ({"kind": "made_up"}, "dans la liste"),
    ({"kind": "cdd"}, "dernier jour du contrat"),
    ({"kind": "cdd", "ends_on": dt.date(2020, 1, 1)}, "vient après le premier"),
    ({"starts_on": dt.date(2020, 1, 1)}, "plus d’un an"),
    ({"carrier": "geiq"}, "qui est l’employeur"),
    ({"carrier": "geiq", "carrier_name": "GEIQ", "carrier_siret": "123"}, "14 chiffres"),
    ({"hours_weekly": 60}, "48 par semaine"),
    ({"pay_gross_monthly": 0}, "un salaire"),
]


def test_wrong_facts_have_their_sentence_and_nothing_is_kept():
    world = an_accepted_contract()
    for said, sentence in WRONG:
        with pytest.raises(RuleBroken, match=sentence):
            declaring.declare(world.commitment, facts(**said), by=world.member)
    assert not Contract.objects.exists()


class TestDocuments:
    @pytest.fixture
    def world(self):
        said = {"conditions": ["completed", "fitness"], "licence": ""}
        world = a_sealed_project(answers=said)
        finish_training(world)
        assert actions.conclude(world.commitment) == "waits"
        return world

    def test_it_waits_for_a_document_and_says_so_to_both_then_concludes(self, world):
        letters = OutgoingMessage.objects.filter(kind="commitments/condition_to_confirm")
        assert set(letters.values_list("to", flat=True)) == {world.candidate.email, world.member.email}
        assert actions.conclude_trained() == 0  # Nothing new is said.
        today = timezone.localdate()
        for said, sentence in (
            ({"document": " ", "dated": today}, "quel document"),
            ({"document": "Avis", "dated": None}, "date du document"),
            ({"document": "Avis", "dated": today + dt.timedelta(days=1)}, "elle est passée"),
        ):
            with pytest.raises(RuleBroken, match=sentence):
                actions.confirm_condition(world.commitment, "fitness", by=world.member, is_met=True, **said)
        with pytest.raises(RuleBroken, match="à la personne"):
            actions.confirm_condition(world.commitment, "fitness", by=world.member, is_met=False)
        done = actions.confirm_condition(
            world.commitment, "fitness", by=world.member, is_met=True, document="Avis", dated=today
        )
        assert (done, bare(world.commitment).status) == ("met", "to_confirm")
        check = ConditionCheck.objects.get()
        assert (check.said_as, check.document) == ("company", "Avis")

    def test_the_person_says_that_they_will_not_have_it(self, world):
        done = actions.confirm_condition(world.commitment, "fitness", by=world.candidate, is_met=False)
        assert (done, bare(world.commitment).status) == ("unmet", "conditions_unmet")
