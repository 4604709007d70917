"""The admin pages of this room live in its alcoves: Django finds them here."""

from immersions.agreements.admin import AgreementAdmin
from immersions.applications.admin import ApplicationAdmin
from immersions.offers.admin import OfferAdmin
from immersions.settlements.admin import SettlementAdmin
from immersions.stays.admin import (
    AbsenceAdmin,
    AttestationAdmin,
    GridSkillAdmin,
    IncidentAdmin,
    ReportAdmin,
)

__all__ = [
    "AbsenceAdmin",
    "AgreementAdmin",
    "ApplicationAdmin",
    "AttestationAdmin",
    "GridSkillAdmin",
    "IncidentAdmin",
    "OfferAdmin",
    "ReportAdmin",
    "SettlementAdmin",
]
