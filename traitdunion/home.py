"""The front door: what it is, the search, how it works, what is new, and a word for companies."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from immersions.offers.cards import card_of, read_for_cards
from immersions.offers.search import Search
from territories.asking import RADIUS, radii

LATEST = 4


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    latest = Search().in_order()[:LATEST]
    context = {
        "radii": radii(RADIUS),
        "cards": [card_of(offer) for offer in read_for_cards(latest)],
    }
    return render(request, "home.html", context)
