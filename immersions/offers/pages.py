"""Public pages: search, results, an offer, and the same results on a map."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from immersions.offers.filters import filters_of
from immersions.offers.models import Offer
from immersions.offers.results import Results
from immersions.offers.sheet import Sheet
from territories.places import place_of


@login_not_required
@require_safe
def offers(request: HttpRequest) -> HttpResponse:
    """« Chercher » : the box, the filters, the list, the pages."""
    results = Results.of(request.GET)
    return render(request, "immersions/offers.html", list_context(results))


def list_context(results: Results) -> dict[str, Any]:
    search = results.search
    return {
        "results": results,
        "search": search,
        "filters": filters_of(search),
        "box": search.box(),
        "guesses": search.guesses(),
        "place_choices": search.place_choices(),
        "tiles": settings.TILE_URL,
        "attribution": settings.TILE_ATTRIBUTION,
    }


@login_not_required
@require_safe
def offers_geojson(request: HttpRequest) -> JsonResponse:
    """The same page of the same results, for a map."""
    results = Results.of(request.GET)
    return JsonResponse(results.geojson(), content_type="application/geo+json")


@login_not_required
@require_safe
def offer(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One offer: what, when, where, with whom, and what then."""
    found = Offer.objects.was_public().for_page().filter(pk=pk).first()
    if found is None:
        raise Http404
    if slug != found.slug:
        query = request.META.get("QUERY_STRING", "")
        return redirect(found.get_absolute_url() + (f"?{query}" if query else ""), permanent=True)
    place = place_of(request.GET["lieu"]) if request.GET.get("lieu") else None
    sheet = Sheet(found, place=place)
    context = {
        "sheet": sheet,
        "offer": found,
        "apply_url": f"{found.get_absolute_url()}demander/",
        "canonical": settings.SITE_URL + found.get_absolute_url(),
        "json_ld": sheet.json_ld(),
        "alternatives": [] if sheet.is_open else sheet.alternatives(),
    }
    return render(request, "immersions/offer.html", context)
