"""Who may open the company's own pages: its members; who decides there: its confirmed managers."""

from accounts.factories import MembershipFactory, UserFactory, valid_siret
from accounts.models import Invitation
from companies.factories import WorkplaceFactory
from tests.access.answers import (
    ELSEWHERE,
    LOGIN,
    MEMBER,
    NOT_A_LINK,
    OTHER_MEMBER,
    PAGE,
    UNCONFIRMED,
    Route,
    all_answer,
    only,
)

MEMBERS = only(MEMBER, UNCONFIRMED, OTHER_MEMBER)
LOGGED_IN = all_answer(PAGE, visitor=LOGIN)
DECISION = {
    "get": all_answer(NOT_A_LINK, visitor=LOGIN),
    "post": only(MEMBER, answer=ELSEWHERE),
}


def somebody_asking(world) -> list[int]:
    return [
        MembershipFactory(
            organisation=world.company.organisation,
            user=UserFactory(),
            unconfirmed=True,
            is_active=False,
            asked_at=world.company.created_at,
        ).pk
    ]


def a_colleague(world) -> list[int]:
    return [MembershipFactory(organisation=world.company.organisation, role="member").pk]


def an_invitation(world) -> list[int]:
    manager = world.company.confirmed_members().first()
    invitation = Invitation.objects.create(
        organisation=world.company.organisation, email="ami@example.org", invited_by=manager
    )
    return [invitation.pk]


ROUTES = {
    "companies:create": Route(get=LOGGED_IN),
    "companies:create_details": Route(get=LOGGED_IN, args=lambda world: [valid_siret(900_000)]),
    "companies:sheet": Route(get=MEMBERS),
    "companies:workplace_new": Route(get=MEMBERS),
    "companies:workplace_edit": Route(
        get=only(MEMBER, UNCONFIRMED),
        args=lambda world: [WorkplaceFactory(company=world.company).pk],
    ),
    "companies:verify": Route(get=MEMBERS),
    "companies:verify_code": Route(get=MEMBERS),
    "companies:members": Route(get=MEMBERS),
    "companies:member_accept": Route(**DECISION, args=somebody_asking),
    "companies:member_refuse": Route(**DECISION, args=somebody_asking),
    "companies:member_remove": Route(**DECISION, args=a_colleague),
    "companies:invitation_withdraw": Route(**DECISION, args=an_invitation),
}
