"""The tables of this room live in its alcoves: Django finds them here."""

from immersions.agreements.models import (
    Agreement,
    AgreementEvent,
    AgreementVersion,
    Part,
    Signatory,
    Signature,
    SigningCode,
)
from immersions.applications.models import (
    Application,
    ApplicationEvent,
    Booking,
    Question,
)
from immersions.appointments.models import Appointment, AppointmentEvent, AppointmentTime
from immersions.dates.models import DateProposal, DateProposalEvent
from immersions.facilitee.models import ExternalAgreement
from immersions.freed.models import SlotWait
from immersions.needs.models import NeedOffer, TrainingNeed, TrainingNeedEvent
from immersions.offers.models import Offer, OfferDetail, OfferEvent, Slot
from immersions.prepared.models import PreparedApplication, PreparedEvent
from immersions.settlements.models import Settlement, SettlementEvent
from immersions.stays.models import (
    Absence,
    Attestation,
    GridSkill,
    Incident,
    Notice,
    Observation,
    Report,
    ReportEvent,
)

__all__ = [
    "Absence",
    "Agreement",
    "AgreementEvent",
    "AgreementVersion",
    "Application",
    "ApplicationEvent",
    "Appointment",
    "AppointmentEvent",
    "AppointmentTime",
    "Attestation",
    "Booking",
    "DateProposal",
    "DateProposalEvent",
    "ExternalAgreement",
    "GridSkill",
    "Incident",
    "NeedOffer",
    "Notice",
    "Observation",
    "Offer",
    "OfferDetail",
    "OfferEvent",
    "Part",
    "PreparedApplication",
    "PreparedEvent",
    "Question",
    "Report",
    "ReportEvent",
    "Settlement",
    "SettlementEvent",
    "Signatory",
    "Signature",
    "SigningCode",
    "Slot",
    "SlotWait",
    "TrainingNeed",
    "TrainingNeedEvent",
]
