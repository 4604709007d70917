"""Which company a page of the company's space speaks of: one account may act for several."""

from typing import cast

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accounts.models import Membership, User
from companies.models import Company


def my_company(request: HttpRequest) -> Company:
    """The one asked for (`?entreprise=`), else the first. 404 for who acts for none."""
    user = cast(User, request.user)  # The page is closed to visitors.
    companies = Company.objects.managed_by(user).select_related("organisation")
    asked = request.GET.get("entreprise") or request.POST.get("entreprise")
    if asked:
        if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
            raise Http404
        return get_object_or_404(companies, pk=asked)
    company = companies.order_by("name", "pk").first()
    if company is None:
        raise Http404
    return company


def my_membership(request: HttpRequest, company: Company) -> Membership:
    active = Membership.objects.active().select_related("organisation", "user")
    return get_object_or_404(active, organisation=company.organisation_id, user=request.user)
