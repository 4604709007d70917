"""Public pages where immersions and trainings meet: one training, one trade."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core import french
from immersions.trades.nearby import immersions_of
from immersions.trades.trade import Trade
from territories.asking import name_of, place_answer
from territories.geo import Place
from territories.places import place_of
from territories.tension import tension_of
from trainings.search.cards import first_cards
from trainings.search.search import TrainingSearch
from trainings.sheet import TrainingSheet

TO_TRY, INSTEAD = 3, 3
GONE = 410


@login_not_required
@require_safe
def training(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One training: what one learns, when, where, what it takes, and how to try the trade before."""
    place = place_of(request.GET["lieu"]) if request.GET.get("lieu") else None
    sheet = TrainingSheet.find(pk, place)
    if sheet is None:
        raise Http404
    if slug != sheet.training.slug:
        return to_the_right_slug(request, sheet.training.get_absolute_url())
    if sheet.is_closed:
        return training_gone(request, sheet)
    where = place or town_of(sheet)
    canonical = settings.SITE_URL + sheet.training.get_absolute_url()
    context = {
        "sheet": sheet,
        "training": sheet.training,
        "offers": immersions_of(sheet.occupations, where, limit=TO_TRY),
        "offers_url": offers_url(sheet, where),
        "where": french.of(name_of(where)) if where else "",
        "tension": tension_of(*sheet.occupations),
        "back": back_of(place),
        "canonical": canonical,
        "json_ld": sheet.json_ld(canonical),
    }
    return render(request, "immersions/trades/training.html", context)


def to_the_right_slug(request: HttpRequest, url: str) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(url + (f"?{query}" if query else ""))


def training_gone(request: HttpRequest, sheet: TrainingSheet) -> HttpResponse:
    """It is no more in the catalogue: 410, and others that lead to the same trade."""
    first = sheet.occupations[0] if sheet.occupations else None
    search = TrainingSearch().about(first) if first else TrainingSearch()
    if sheet.place:
        search = search.at(sheet.place)
    context = {
        "training": sheet.training,
        "occupations": sheet.occupations,
        "cards": first_cards(search, limit=INSTEAD) if first else [],
        "back": back_of(sheet.place),
    }
    return render(request, "immersions/trades/training_gone.html", context, status=GONE)


def town_of(sheet: TrainingSheet) -> Place | None:
    """Where it is given: immersions are looked for around there when nobody said where they live."""
    commune = sheet.main.action.commune if sheet.main else None
    return Place.of_commune(commune) if commune else None


def offers_url(sheet: TrainingSheet, where: Place | None) -> str:
    """All the immersions of its first trade, around there."""
    search = TrainingSearch(radius_km=60).about(sheet.occupations[0] if sheet.occupations else None)
    return f"{reverse('immersions:offers')}?{(search.at(where) if where else search).query()}"


def back_of(place: Place | None) -> dict[str, str]:
    url = reverse("trainings:trainings")
    if place is None:
        return {"url": url, "label": "Toutes les formations"}
    return {
        "url": f"{url}?lieu={place.code}",
        "label": f"Les formations autour {french.of(name_of(place))}",
    }


@login_not_required
@require_safe
def occupation(request: HttpRequest, code: str, slug: str = "") -> HttpResponse:
    """One trade: what one does there, where to try it, where to learn it, what then."""
    trade = Trade.find(code.upper())
    if trade is None:
        raise Http404
    right = trade.occupation.get_absolute_url()
    if request.path != right:
        return to_the_right_slug(request, right)
    asked = place_answer(request.GET.get("lieu", ""), request.GET.get("q_lieu", ""))
    place = asked.place if asked else None
    search = TrainingSearch(radius_km=60).about(trade.occupation)
    search = search.at(place) if place else search
    canonical = settings.SITE_URL + right
    context = {
        "trade": trade,
        "occupation": trade.occupation,
        "asked": asked,
        "place": place,
        "choices": [
            {"label": str(each), "url": f"?lieu={each.code}"} for each in (asked.choices if asked else [])
        ],
        "where": french.of(name_of(place)) if place else "",
        "offers": immersions_of([trade.occupation], place, limit=TO_TRY),
        "trainings": first_cards(search, limit=TO_TRY),
        "more": search.query(),
        "related": trade.related(),
        "canonical": canonical,
        "json_ld": trade.json_ld(canonical),
    }
    return render(request, "immersions/trades/occupation.html", context)
