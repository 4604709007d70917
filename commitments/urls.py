"""Addresses of the second lifecycle: one line per alcove."""

from commitments.projects import urls as projects

app_name = "commitments"

urlpatterns = [
    *projects.urlpatterns,
]
