"""Who may open the advisors' pages: the confirmed members of the structure that a person turned to."""

from accounts.factories import MembershipFactory, UserFactory
from accounts.models import Invitation
from candidates.factories import CandidateFactory, FollowingFactory, SupportStructureFactory
from tests.access.answers import (
    ADVISOR,
    CANDIDATE,
    ELSEWHERE,
    LOGIN,
    NOT_A_LINK,
    OTHER_ADVISOR,
    OTHER_CANDIDATE,
    PAGE,
    Route,
    all_answer,
    only,
)

ADVISORS = only(ADVISOR, OTHER_ADVISOR)
LOGGED_IN = all_answer(PAGE, visitor=LOGIN)
ONLY_READ = all_answer(NOT_A_LINK, visitor=LOGIN)
BUTTON = {"get": ONLY_READ, "post": only(ADVISOR, answer=ELSEWHERE)}


def who_asks(world) -> list[int]:
    return [world.following.pk]


def who_is_followed(world) -> list[int]:
    other = CandidateFactory()
    return [FollowingFactory(followed=True, candidate=other, structure=world.structure).pk]


def somebody_asking(world) -> list[int]:
    return [
        MembershipFactory(
            organisation=world.structure.organisation,
            user=UserFactory(),
            unconfirmed=True,
            is_active=False,
            asked_at=world.structure.created_at,
        ).pk
    ]


def a_colleague(world) -> list[int]:
    return [MembershipFactory(organisation=world.structure.organisation, role="member").pk]


def an_invitation(world) -> list[int]:
    manager = world.structure.confirmed_members().first()
    invitation = Invitation.objects.create(
        organisation=world.structure.organisation, email="ami@example.org", invited_by=manager
    )
    return [invitation.pk]


ROUTES = {
    "structures:mine": Route(get=only(CANDIDATE, OTHER_CANDIDATE), post=only(CANDIDATE, OTHER_CANDIDATE)),
    "structures:people": Route(get=ADVISORS, post=ONLY_READ),
    "structures:person": Route(get=only(ADVISOR), post=ONLY_READ, args=who_asks),
    "structures:follow": Route(**BUTTON, args=who_asks),
    "structures:transfer": Route(get=only(ADVISOR), post=only(ADVISOR), args=who_asks),
    "structures:pass_on": Route(get=only(ADVISOR), post=only(ADVISOR), args=who_asks),
    "structures:not_follow": Route(get=only(ADVISOR), post=only(ADVISOR), args=who_asks),
    "structures:end": Route(get=only(ADVISOR), post=only(ADVISOR, answer=ELSEWHERE), args=who_is_followed),
    "structures:choose": Route(get=LOGGED_IN, post=ONLY_READ),
    "structures:register": Route(
        get=LOGGED_IN,
        post=LOGGED_IN,
        args=lambda world: [SupportStructureFactory(new=True).pk],
    ),
    "structures:verify": Route(get=ADVISORS),
    "structures:verify_code": Route(get=ADVISORS),
    "structures:members": Route(get=ADVISORS),
    "structures:member_accept": Route(**BUTTON, args=somebody_asking),
    "structures:member_refuse": Route(**BUTTON, args=somebody_asking),
    "structures:member_remove": Route(**BUTTON, args=a_colleague),
    "structures:invitation_withdraw": Route(**BUTTON, args=an_invitation),
}
