"""One person per role."""

from types import SimpleNamespace
from typing import Any

from accounts.factories import MembershipFactory, UserFactory
from candidates.factories import AdvisorFactory, CandidateFactory
from companies.factories import CompanyFactory
from territories.factories import AgentTerritoryFactory, DepartmentFactory
from tests.access import answers
from trainings.factories import OpenOrganisationFactory


def cast_for(world: SimpleNamespace) -> dict[str, Any]:
    """Everybody who may knock at a door of `world`; None is the visitor."""
    other_company = CompanyFactory()
    unconfirmed = MembershipFactory(
        organisation=world.company.organisation, confirmed_at=None, confirmed_by=""
    ).user
    entity = world.training_organisation.organisation
    return {
        answers.VISITOR: None,
        answers.NEWCOMER: UserFactory(),
        answers.CANDIDATE: world.candidate.user,
        answers.OTHER_CANDIDATE: CandidateFactory().user,
        answers.MEMBER: world.company.confirmed_members().first(),
        answers.UNCONFIRMED: unconfirmed,
        answers.OTHER_MEMBER: other_company.confirmed_members().first(),
        answers.ADVISOR: world.structure.confirmed_members().first(),
        answers.OTHER_ADVISOR: AdvisorFactory(),
        answers.TRAINER: world.training_organisation.confirmed_members().first(),
        answers.UNCONFIRMED_TRAINER: MembershipFactory(organisation=entity, unconfirmed=True).user,
        answers.OTHER_TRAINER: OpenOrganisationFactory().confirmed_members().first(),
        answers.AGENT: _agent(world.offer.commune.department),
        answers.OTHER_AGENT: _agent(DepartmentFactory(code="88", name="Vosges")),
    }


def _agent(department: Any) -> Any:
    return AgentTerritoryFactory(departments=[department]).user
