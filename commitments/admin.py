"""The admin pages of this room live in its alcoves: Django finds them here."""

from commitments.contracts.admin import ContractAdmin
from commitments.courses.admin import (
    AbsenceInline,
    CheckInInline,
    ConcernAdmin,
    InternshipAdmin,
    ResultInline,
)
from commitments.followups.admin import FollowUpAdmin
from commitments.gaps.admin import TaughtSkillAdmin
from commitments.parcours.admin import whole_path
from commitments.projects.admin import CommitmentAdmin
from commitments.projects.wording_admin import LegalMinimumAdmin, PromiseWordingAdmin
from commitments.seats.admin import SeatRequestAdmin
from immersions.agreements.admin import AgreementAdmin
from immersions.applications.admin import ApplicationAdmin

# What happens in training is read on the page of the seat; seats do not know it.
SeatRequestAdmin.inlines = [*SeatRequestAdmin.inlines, ResultInline, AbsenceInline, CheckInInline]
# Each page of a path tells where all the rest stands; immersions do not know it.
for page in (
    ApplicationAdmin,
    AgreementAdmin,
    CommitmentAdmin,
    SeatRequestAdmin,
    ContractAdmin,
    FollowUpAdmin,
):
    page.fields = [*page.fields, whole_path]
    page.readonly_fields = [*page.readonly_fields, whole_path]

__all__ = [
    "CommitmentAdmin",
    "ConcernAdmin",
    "ContractAdmin",
    "FollowUpAdmin",
    "InternshipAdmin",
    "LegalMinimumAdmin",
    "PromiseWordingAdmin",
    "SeatRequestAdmin",
    "TaughtSkillAdmin",
]
