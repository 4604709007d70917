"""Which entity a page of a space speaks of: one account may act for several."""

from typing import Any, cast

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accounts.models import Membership, User


def one_of(request: HttpRequest, entities: Any, *, field: str) -> Any:
    """The one asked for (`?entreprise=`), else the first. 404 for who acts for none."""
    user = cast(User, request.user)  # The page is closed to visitors.
    mine = entities.managed_by(user).select_related("organisation")
    asked = request.GET.get(field) or request.POST.get(field)
    if asked:
        if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
            raise Http404
        return get_object_or_404(mine, pk=asked)
    first = mine.order_by("name", "pk").first()
    if first is None:
        raise Http404
    return first


def my_membership(request: HttpRequest, entity: Any) -> Membership:
    active = Membership.objects.active().select_related("organisation", "user")
    return get_object_or_404(active, organisation=entity.organisation_id, user=request.user)
