"""Who may open the pages of the trainings."""

from trainings.tests import access_catalogue, access_organisations

ROUTES = {**access_catalogue.ROUTES, **access_organisations.ROUTES}
