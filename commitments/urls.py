"""Addresses of the second lifecycle: one line per alcove."""

from commitments.projects import urls as projects
from commitments.seats import urls as seats

app_name = "commitments"

urlpatterns = [
    *projects.urlpatterns,
    *seats.urlpatterns,
]
