"""Who may open what in this room: one file per alcove."""

from commitments.tests import (
    access_contracts,
    access_courses,
    access_gaps,
    access_parcours,
    access_projects,
    access_seats,
)

ROUTES = {
    **access_contracts.ROUTES,
    **access_projects.ROUTES,
    **access_seats.ROUTES,
    **access_courses.ROUTES,
    **access_parcours.ROUTES,
    **access_gaps.ROUTES,
}
