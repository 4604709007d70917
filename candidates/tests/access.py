"""Who has a profile: candidates, each their own."""

from tests.access.answers import CANDIDATE, OTHER_CANDIDATE, Route, only

ROUTES = {"candidate_profile": Route(get=only(CANDIDATE, OTHER_CANDIDATE))}
