"""The public catalogue: search, results, and the same results on a map.

The page of one training stands above (`immersions/trades/`): it also shows the immersions that lead
there, which this room does not know.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from trainings.search.filters import filters_of
from trainings.search.results import TrainingResults


@login_not_required
@require_safe
def trainings(request: HttpRequest) -> HttpResponse:
    """« Formations »: the box, the filters, the list, the pages."""
    return render(request, "trainings/trainings.html", list_context(TrainingResults.of(request.GET)))


def list_context(results: TrainingResults) -> dict[str, Any]:
    search = results.search
    return {
        "results": results,
        "search": search,
        "filters": filters_of(search),
        "box": search.box(),
        "guesses": search.guesses(),
        "place_choices": search.place_choices(),
        "action": reverse("trainings:trainings"),
        "tiles": settings.TILE_URL,
        "attribution": settings.TILE_ATTRIBUTION,
    }


@login_not_required
@require_safe
def trainings_geojson(request: HttpRequest) -> JsonResponse:
    """The same page of the same results, for a map."""
    results = TrainingResults.of(request.GET)
    return JsonResponse(results.geojson(), content_type="application/geo+json")
