"""Who may open what, from the training's end: both sides act, the advisor reads, the mailed link is its own key."""

from types import SimpleNamespace

from commitments.contracts import actions, declaring
from commitments.contracts.factories import facts, give_result
from commitments.contracts.models import Contract
from commitments.factories import a_sealed_project, reread
from commitments.followups.models import FollowUp
from commitments.projects.models import Commitment
from commitments.tests.access_projects import ONLY_READ, READERS, _stay
from tests.access.answers import (
    ADVISOR,
    AGENT,
    CANDIDATE,
    ELSEWHERE,
    MEMBER,
    PAGE,
    Route,
    all_answer,
    only,
)


def _trained(world: SimpleNamespace, **options) -> SimpleNamespace:
    mine = a_sealed_project(application=_stay(world), **options)
    give_result(mine)
    return mine


def with_document(world: SimpleNamespace) -> list:
    return [_trained(world, answers={"conditions": ["completed", "fitness"]}).commitment.pk]


def to_confirm(world: SimpleNamespace) -> list:
    return [_trained(world).commitment.pk]


def accepted(world: SimpleNamespace) -> list:
    mine = _trained(world)
    actions.accept(mine.commitment, by=mine.candidate)
    return [mine.commitment.pk]


def declared(world: SimpleNamespace) -> list:
    pk = accepted(world)[0]
    it = reread(Commitment(pk=pk))
    member = it.company.confirmed_members().first()
    declaring.declare(it, facts(kind="interim", ends_on=facts().starts_on), by=member)
    return [pk]


def ended(world: SimpleNamespace) -> list:
    pk = to_confirm(world)[0]
    it = reread(Commitment(pk=pk))
    actions.decline(it, by=it.candidate.user, reason="travel")
    return [pk]


def asked(world: SimpleNamespace) -> list:
    pk = ended(world)[0]
    FollowUp.objects.filter(commitment=pk, moment="end").update(status="asked")
    return [pk]


def asked_at_end(world: SimpleNamespace) -> list:
    return [*asked(world), "end"]


def link(world: SimpleNamespace) -> list:
    return [FollowUp.objects.get(commitment=asked(world)[0], moment="end").token]


ROUTES = {
    "commitments:conditions": Route(
        get=only(CANDIDATE, MEMBER, AGENT), post=only(CANDIDATE, MEMBER, AGENT), args=with_document
    ),
    "commitments:answer": Route(get=only(CANDIDATE), post=ONLY_READ, args=to_confirm),
    "commitments:accept": Route(get=ONLY_READ, post=only(CANDIDATE, answer=ELSEWHERE), args=to_confirm),
    # Without a reason, without facts: the page comes back with its error.
    "commitments:decline": Route(get=only(CANDIDATE), post=only(CANDIDATE), args=to_confirm),
    "commitments:contract": Route(get=only(CANDIDATE, MEMBER, ADVISOR), post=ONLY_READ, args=declared),
    "commitments:declare": Route(get=only(MEMBER), post=only(MEMBER), args=accepted),
    "commitments:contract_confirm": Route(
        get=ONLY_READ,
        post=only(CANDIDATE, answer=ELSEWHERE),
        args=declared,
        data=lambda world: {"contract": Contract.objects.latest("pk").pk},
    ),
    "commitments:contract_dispute": Route(get=only(CANDIDATE), post=only(CANDIDATE), args=declared),
    "commitments:contract_mission": Route(get=only(MEMBER), post=only(MEMBER), args=declared),
    "commitments:end": Route(get=READERS, post=ONLY_READ, args=ended),
    "commitments:follow_ups": Route(get=only(CANDIDATE, ADVISOR), post=ONLY_READ, args=asked),
    "commitments:follow_up": Route(
        get=only(CANDIDATE, ADVISOR), post=only(CANDIDATE, ADVISOR), args=asked_at_end
    ),
    "commitments:follow_up_link": Route(get=all_answer(PAGE), post=all_answer(PAGE), args=link),
}
