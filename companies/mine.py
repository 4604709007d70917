"""Which company a page of the company's space speaks of: one account may act for several."""

from django.http import HttpRequest

from accounts.members.mine import my_membership, one_of
from companies.models import Company

__all__ = ["FIELD", "my_company", "my_membership"]
FIELD = "entreprise"


def my_company(request: HttpRequest) -> Company:
    """The one asked for (`?entreprise=`), else the first. 404 for who acts for none."""
    return one_of(request, Company.objects, field=FIELD)
