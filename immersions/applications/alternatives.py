"""Where else to try: up to three open offers of the same trade, the nearest first."""

from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from candidates.models import Candidate
from core import french
from core.points import MetresFrom
from immersions.applications.models import Application
from immersions.applications.workflow import LIVE
from immersions.offers import notice
from immersions.offers.models import DateMode, Offer, Slot, Weight

AT_MOST = 3
NEARBY_KM = 30


def alternatives_to(
    offer: Offer, candidate: Candidate | None = None, *, elsewhere: bool = False
) -> list[Offer]:
    """Offers that still take someone, within the candidate's own distance when we know it.

    `elsewhere`: in other companies, because this one has just said no, or nothing.
    """
    home = candidate.commune if candidate and candidate.commune else None
    x, y = (home.x, home.y) if home else (offer.x, offer.y)
    if x is None or y is None or offer.occupation_id is None:
        return []
    km = candidate.radius_km if candidate and home else NEARBY_KM
    offers = (
        Offer.objects.open()
        .filter(Q(date_mode=DateMode.TO_AGREE) | _takes_someone(offer), occupation=offer.occupation_id)
        .exclude(pk=offer.pk)
        .annotate(metres=MetresFrom("position", x, y))
        .filter(metres__lte=km * 1000)
    )
    if elsewhere:
        offers = offers.exclude(company=offer.company_id)
    if candidate:
        asked = Application.objects.filter(offer=OuterRef("pk"), candidate=candidate, status__in=LIVE)
        offers = offers.exclude(Exists(asked))
    nearest = offers.select_related("company", "commune").order_by("metres", "pk")
    found: list[Any] = list(nearest[:AT_MOST])
    for other in found:
        other.km = other.metres / 1000
    return found


def _takes_someone(offer: Offer) -> Q:
    """A slot with room, and the time to sign an agreement where one is needed (as around `offer`)."""
    free = Slot.objects.filter(offer=OuterRef("pk")).bookable()
    in_time = free.filter(first_day__gte=notice.first_day_for_agreement(offer))
    return Q(Exists(in_time)) | Q(Exists(free), weight=Weight.VISIT)


def in_words(offers: list[Any]) -> list[dict[str, Any]]:
    """What a message says of them."""
    return [
        {
            "title": offer.title,
            "company": offer.company.name,
            "city": offer.commune.name,
            "distance": french.kilometres(offer.km),
            "url": settings.SITE_URL + offer.get_absolute_url(),
        }
        for offer in offers
    ]


def search_url(application: Application) -> str:
    """The same trade around home, or around the offer."""
    offer, candidate = application.offer, application.candidate
    place = candidate.commune_id or offer.commune_id or ""
    return (
        f"{settings.SITE_URL}{reverse('immersions:offers')}"
        f"?metier={offer.occupation_id or ''}&lieu={place}&rayon={candidate.radius_km}"
    )
