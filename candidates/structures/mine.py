"""Which structure a page of the advisors' space speaks of: one account may act for several."""

from django.http import HttpRequest

from accounts.members.mine import my_membership, one_of
from candidates.structures.models import SupportStructure

__all__ = ["FIELD", "my_membership", "my_structure"]
FIELD = "structure"


def my_structure(request: HttpRequest) -> SupportStructure:
    """The one asked for (`?structure=`), else the first. 404 for who acts for none."""
    return one_of(request, SupportStructure.objects, field=FIELD)
