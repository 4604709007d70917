"""The admin pages of this room live in its alcoves: Django finds them here."""

from commitments.projects.admin import CommitmentAdmin, LegalMinimumAdmin, PromiseWordingAdmin
from commitments.seats.admin import SeatRequestAdmin

__all__ = [
    "CommitmentAdmin",
    "LegalMinimumAdmin",
    "PromiseWordingAdmin",
    "SeatRequestAdmin",
]
