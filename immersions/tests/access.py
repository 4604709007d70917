"""Who may open what in this room: one file per alcove."""

from immersions.tests import access_offers

ROUTES = {**access_offers.ROUTES}
