"""Suggestions as one types. Public, small, and the same for everybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from territories.occupations import find_occupations
from territories.places import suggest_places

A_WHILE = 300  # seconds


@login_not_required
@require_safe
@cache_control(public=True, max_age=A_WHILE)
def places(request: HttpRequest) -> JsonResponse:
    results = [
        {
            "code": commune.code,
            "label": str(commune),
            "department": commune.department_id,
            "postcodes": [each.postcode for each in commune.postcodes.all()],
        }
        for commune in suggest_places(request.GET.get("q", ""))
    ]
    return JsonResponse({"results": results})


@login_not_required
@require_safe
@cache_control(public=True, max_age=A_WHILE)
def occupations(request: HttpRequest) -> JsonResponse:
    results = [
        {
            "code": occupation.code,
            "parent": occupation.parent_code,
            "label": occupation.label,
            "title": occupation.title,
        }
        for occupation in find_occupations(request.GET.get("q", ""))
    ]
    return JsonResponse({"results": results})
