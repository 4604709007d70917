"""What this alcove tells the others, once, when the site starts."""

from candidates.structures.channel import follow_channels
from candidates.structures.turns import follow_turns
from core.personal_data import Keeper, keep
from core.verification import documents
from immersions.agreements.actions import open_agreement, reopen_agreement, void_agreement
from immersions.agreements.channels import hold_bookings_of, redirect_agreements, tell_of_channel
from immersions.agreements.personal_data import erase_agreements, export_agreements, obstacle_of
from immersions.agreements.verification import find
from immersions.applications import followers


def register() -> None:
    followers.follow("agreements", booked=open_agreement, ended=void_agreement, moved=reopen_agreement)
    follow_turns("agreements", hold=hold_bookings_of, turned=redirect_agreements)
    follow_channels("agreements", tell_of_channel)
    documents("agreements", find)
    keep(
        "agreements",
        Keeper(title="Conventions", export=export_agreements, erase=erase_agreements, obstacle=obstacle_of),
    )
