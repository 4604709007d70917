"""Who may open what in this room: one file per alcove."""

from immersions.tests import access_applications, access_offers, access_search

ROUTES = {**access_search.ROUTES, **access_applications.ROUTES, **access_offers.ROUTES}
