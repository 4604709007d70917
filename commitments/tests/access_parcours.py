"""Who may open what, for paths: the parties by right, the partner whom the person chose, nobody else."""

from types import SimpleNamespace

from candidates.structures.models import Following
from commitments.factories import a_proposal, a_sealed_project
from commitments.seats.factories import a_seat_request
from commitments.tests.access_projects import _stay
from tests.access.answers import (
    ADVISOR,
    AGENT,
    CANDIDATE,
    ELSEWHERE,
    LOGIN,
    MEMBER,
    NOT_A_LINK,
    OTHER_CANDIDATE,
    TRAINER,
    VISITOR,
    Route,
    all_answer,
    only,
)

OWN = only(CANDIDATE, OTHER_CANDIDATE)
READERS = only(CANDIDATE, MEMBER, ADVISOR, TRAINER, AGENT)
ONLY_READ = all_answer(NOT_A_LINK, **{VISITOR: LOGIN})


def of_path(world: SimpleNamespace) -> list:
    """Accompanied, received by the company, in the organisation's session."""
    Following.objects.filter(pk=world.following.pk).update(status="followed")
    a_sealed_project(application=_stay(world))
    a_seat_request(candidate=world.candidate, session=world.session)
    return [world.candidate.uid]


def of_partner(world: SimpleNamespace) -> list:
    return [world.company.organisation_id]


def of_project(world: SimpleNamespace) -> list:
    return [a_proposal(application=_stay(world)).commitment.pk]


ROUTES = {
    "commitments:my_path": Route(get=OWN, post=ONLY_READ),
    "commitments:my_readers": Route(get=OWN, post=ONLY_READ),
    "commitments:path_share": Route(
        get=ONLY_READ, post=only(CANDIDATE, OTHER_CANDIDATE, answer=ELSEWHERE), args=of_partner
    ),
    "commitments:path": Route(get=READERS, post=ONLY_READ, args=of_path),
    "commitments:sponsor": Route(
        get=only(MEMBER, ADVISOR), post=only(MEMBER, ADVISOR, answer=ELSEWHERE), args=of_project
    ),
}
