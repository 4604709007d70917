"""The admin pages of this room live in its alcoves: Django finds them here."""

from immersions.agreements.admin import AgreementAdmin
from immersions.applications.admin import ApplicationAdmin
from immersions.appointments.admin import AppointmentAdmin
from immersions.dates.admin import DateProposalAdmin
from immersions.facilitee.admin import ExternalAgreementAdmin
from immersions.freed.admin import SlotWaitAdmin
from immersions.needs.admin import TrainingNeedAdmin
from immersions.offers.admin import OfferAdmin
from immersions.prepared.admin import PreparedAdmin
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
    "AppointmentAdmin",
    "AttestationAdmin",
    "DateProposalAdmin",
    "ExternalAgreementAdmin",
    "GridSkillAdmin",
    "IncidentAdmin",
    "OfferAdmin",
    "PreparedAdmin",
    "ReportAdmin",
    "SettlementAdmin",
    "SlotWaitAdmin",
    "TrainingNeedAdmin",
]
