"""Who may open what, for agreements made on Immersion Facilitée: the prescriber's structure."""

from immersions.tests.access_agreements import frozen
from tests.access.answers import ADVISOR, Route, only

ROUTES = {
    "immersions:external_agreement": Route(
        get=only(ADVISOR), post=only(ADVISOR), args=lambda world: [frozen(world).application_id]
    ),
}
