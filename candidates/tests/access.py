"""Who has a profile: candidates, each their own. Who reads about people: their structure's advisors."""

from candidates.tests.access_structures import ROUTES as STRUCTURES
from tests.access.answers import CANDIDATE, OTHER_CANDIDATE, Route, only

ROUTES = {"candidate_profile": Route(get=only(CANDIDATE, OTHER_CANDIDATE)), **STRUCTURES}
