"""The tables of this room live in its alcoves: Django finds them here."""

from immersions.applications.models import (
    Application,
    ApplicationEvent,
    Booking,
    Question,
)
from immersions.offers.models import Offer, OfferDetail, OfferEvent, Slot

__all__ = [
    "Application",
    "ApplicationEvent",
    "Booking",
    "Offer",
    "OfferDetail",
    "OfferEvent",
    "Question",
    "Slot",
]
