"""The admin pages of this room live in its alcoves: Django finds them here."""

from immersions.applications.admin import ApplicationAdmin
from immersions.offers.admin import OfferAdmin

__all__ = ["ApplicationAdmin", "OfferAdmin"]
