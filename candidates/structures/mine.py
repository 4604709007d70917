"""Which structure a page of the advisors' space speaks of: one account may act for several."""

from typing import cast

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accounts.models import Membership, User
from candidates.structures.models import SupportStructure


def my_structure(request: HttpRequest) -> SupportStructure:
    """The one asked for (`?structure=`), else the first. 404 for who acts for none."""
    user = cast(User, request.user)  # The page is closed to visitors.
    structures = SupportStructure.objects.managed_by(user).select_related("organisation")
    asked = request.GET.get("structure") or request.POST.get("structure")
    if asked:
        if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
            raise Http404
        return get_object_or_404(structures, pk=asked)
    structure = structures.order_by("name", "pk").first()
    if structure is None:
        raise Http404
    return structure


def my_membership(request: HttpRequest, structure: SupportStructure) -> Membership:
    active = Membership.objects.active().select_related("organisation", "user")
    return get_object_or_404(active, organisation=structure.organisation_id, user=request.user)
