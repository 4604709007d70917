"""Who may open what is left to learn: the person, the company that welcomed them, who accompanies them."""

from immersions.tests.access_stays import with_attestation
from tests.access.answers import (
    ADVISOR,
    CANDIDATE,
    LOGIN,
    MEMBER,
    NOT_A_LINK,
    VISITOR,
    Route,
    all_answer,
    only,
)

ONLY_READ = all_answer(NOT_A_LINK, **{VISITOR: LOGIN})

ROUTES = {
    "commitments:gap": Route(get=only(CANDIDATE), post=ONLY_READ, args=with_attestation),
    "commitments:received_gap": Route(get=only(MEMBER), post=ONLY_READ, args=with_attestation),
    "commitments:followed_gap": Route(get=only(ADVISOR), post=ONLY_READ, args=with_attestation),
}
