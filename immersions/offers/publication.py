"""Rule 1 of the house: an offer is published only while a training that the Region funds follows.

One rule: `covered()` and `uncovered()` for many offers at once, `sessions_leading_to()` for one, and one
sentence for each thing that may be missing. Visits are free of it.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from immersions.offers.models import Offer, Weight
from immersions.offers.queries import OfferQuerySet
from territories.models import Region
from trainings.models import Session
from trainings.models.sessions import has_session, sessions_for

NO_TRAINING = "Aucune formation payée par la Région ne mène encore à ce métier."
NO_SESSION = "Des formations mènent à ce métier, mais aucune n’a de session à venir avec des places."
TOO_FAR = (
    "La formation la plus proche est à {distance} km du lieu de travail, au-delà des {reach} km "
    "où nous publions."
)


def reach_of(offer: Offer) -> int:
    """Kilometres between the work and the training: a setting of the region."""
    return offer.commune.department.region.publication_radius_km


def sessions_leading_to(offer: Offer) -> QuerySet[Session]:
    """The sessions that keep `offer` published, nearest first. The offer page shows them."""
    if not _is_placed(offer):
        return Session.objects.none()
    return sessions_for(
        offer.occupation.code, offer.occupation.parent_code, offer.x, offer.y, reach_of(offer)
    )


def may_be_published(offer: Offer) -> bool:
    return not offer.needs_agreement or sessions_leading_to(offer).exists()


def covered(offers: OfferQuerySet) -> Iterator[OfferQuerySet]:
    """Those of `offers` that rule 1 lets be published: one queryset per region, one for visits."""
    yield offers.filter(weight=Weight.VISIT)
    for region, bound in _by_region(offers):
        yield bound.filter(has_session(km=region.publication_radius_km))


def uncovered(offers: OfferQuerySet) -> Iterator[OfferQuerySet]:
    """The others. The reach is a figure, not a column: PostgreSQL then joins once by trade
    (100,000 offers: under a second; 46 seconds when it asks for each offer).
    """
    for region, bound in _by_region(offers):
        yield bound.filter(~has_session(km=region.publication_radius_km))


def _by_region(offers: OfferQuerySet) -> Iterator[tuple[Region, OfferQuerySet]]:
    bound = offers.exclude(weight=Weight.VISIT)
    for region in Region.objects.order_by("code"):
        yield region, bound.filter(commune__department__region=region)


def what_is_missing(offer: Offer) -> str:
    """Why rule 1 does not hold, in one sentence; nothing when it holds."""
    if may_be_published(offer):
        return ""
    if not _is_placed(offer):
        return "L’offre n’a pas encore de métier et de lieu."
    leading = Session.objects.current().leading_to(offer.occupation)
    if not leading.filter(action__is_region_funded=True).exists():
        return NO_TRAINING
    nearest: Any = (
        Session.objects.eligible()
        .leading_to(offer.occupation)
        .filter(action__position__isnull=False)
        .with_distance(offer.x, offer.y)
        .first()
    )
    if nearest is None:
        return NO_SESSION
    return TOO_FAR.format(distance=round(nearest.distance_km), reach=reach_of(offer))


def _is_placed(offer: Offer) -> bool:
    return bool(offer.occupation_id and offer.commune_id and offer.x is not None)
