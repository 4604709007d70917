"""Addresses of the second lifecycle: one line per alcove."""

from commitments.contracts import urls as contracts
from commitments.courses import urls as courses
from commitments.followups import urls as followups
from commitments.gaps import urls as gaps
from commitments.parcours import urls as parcours
from commitments.projects import urls as projects
from commitments.seats import urls as seats

app_name = "commitments"

urlpatterns = [
    *projects.urlpatterns,
    *seats.urlpatterns,
    *courses.urlpatterns,
    *contracts.urlpatterns,
    *followups.urlpatterns,
    *gaps.urlpatterns,
    *parcours.urlpatterns,
]
