"""Which organisation a page of its space speaks of: one account may act for several."""

from django.http import HttpRequest

from accounts.members.mine import my_membership, one_of
from trainings.models import TrainingOrganisation

__all__ = ["FIELD", "my_membership", "my_organisation"]
FIELD = "organisme"


def my_organisation(request: HttpRequest) -> TrainingOrganisation:
    """The one asked for (`?organisme=`), else the first. 404 for who acts for none."""
    return one_of(request, TrainingOrganisation.objects, field=FIELD)
