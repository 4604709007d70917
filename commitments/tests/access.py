"""Who may open what in this room: one file per alcove."""

from commitments.tests import access_projects

ROUTES = {
    **access_projects.ROUTES,
}
