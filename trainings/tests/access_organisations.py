"""Who may open the training organisations' pages: their members; who speaks there: confirmed ones."""

from accounts.factories import MembershipFactory, UserFactory
from accounts.models import Invitation
from tests.access.answers import (
    ELSEWHERE,
    LOGIN,
    NOT_A_LINK,
    OTHER_TRAINER,
    PAGE,
    TRAINER,
    UNCONFIRMED_TRAINER,
    Route,
    all_answer,
    only,
)
from trainings.factories import TrainingOrganisationFactory

MEMBERS = only(TRAINER, UNCONFIRMED_TRAINER, OTHER_TRAINER)
LOGGED_IN = all_answer(PAGE, visitor=LOGIN)
ONLY_READ = all_answer(NOT_A_LINK, visitor=LOGIN)
DECISION = {"get": ONLY_READ, "post": only(TRAINER, answer=ELSEWHERE)}
# Who is not verified reads the session, and is led to being verified.
SAYING = {**only(TRAINER), UNCONFIRMED_TRAINER: ELSEWHERE}
SAID = {**only(TRAINER, answer=ELSEWHERE), UNCONFIRMED_TRAINER: ELSEWHERE}


def the_session(world) -> list[int]:
    return [world.session.pk]


def rows(prefix: str) -> dict:
    return {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}


def somebody_asking(world) -> list[int]:
    return [
        MembershipFactory(
            organisation=world.training_organisation.organisation,
            user=UserFactory(),
            unconfirmed=True,
            is_active=False,
            asked_at=world.company.created_at,
        ).pk
    ]


def a_colleague(world) -> list[int]:
    return [MembershipFactory(organisation=world.training_organisation.organisation, role="member").pk]


def an_invitation(world) -> list[int]:
    manager = world.training_organisation.confirmed_members().first()
    invitation = Invitation.objects.create(
        organisation=world.training_organisation.organisation, email="ami@example.org", invited_by=manager
    )
    return [invitation.pk]


ROUTES = {
    "organisations:choose": Route(get=LOGGED_IN, post=ONLY_READ),
    "organisations:register": Route(
        get=LOGGED_IN,
        post=LOGGED_IN,  # Without its SIRET.
        args=lambda world: [TrainingOrganisationFactory().pk],
    ),
    "organisations:sessions": Route(get=MEMBERS, post=ONLY_READ),
    "organisations:session": Route(get=only(TRAINER, UNCONFIRMED_TRAINER), post=ONLY_READ, args=the_session),
    "organisations:seats": Route(
        get=SAYING, post=SAID, args=the_session, data=lambda world: {"answer": "full"}
    ),
    "organisations:periods": Route(
        get=SAYING, post=SAID, args=the_session, data=lambda world: rows("periode")
    ),
    "organisations:meetings": Route(
        get=SAYING, post=SAID, args=the_session, data=lambda world: rows("rendez-vous")
    ),
    "organisations:contact": Route(
        get=SAYING, post=SAID, args=the_session, data=lambda world: {"phone": "03 87 00 00 01"}
    ),
    "organisations:sheet": Route(
        get=MEMBERS,
        post=only(TRAINER, UNCONFIRMED_TRAINER, OTHER_TRAINER, answer=ELSEWHERE),
        data=lambda world: {"requests_phone": "03 87 00 00 01"},
    ),
    "organisations:verify": Route(get=MEMBERS),
    "organisations:verify_code": Route(get=MEMBERS),
    "organisations:members": Route(get=MEMBERS),
    "organisations:member_accept": Route(**DECISION, args=somebody_asking),
    "organisations:member_refuse": Route(**DECISION, args=somebody_asking),
    "organisations:member_remove": Route(**DECISION, args=a_colleague),
    "organisations:invitation_withdraw": Route(**DECISION, args=an_invitation),
}
