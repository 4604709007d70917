"""Who may open the pages of the trainings."""

from trainings.tests import access_organisations

ROUTES = {**access_organisations.ROUTES}
