"""What each alcove of this room registers with the rooms below, once, at the start."""

from commitments.contracts import registration as contracts
from commitments.courses import registration as courses
from commitments.followups import registration as followups
from commitments.parcours import registration as parcours
from commitments.projects import registration as projects
from commitments.seats import registration as seats


def register() -> None:
    """One line per alcove."""
    projects.register()
    seats.register()
    courses.register()
    followups.register()  # The questions are planned before the contract moves on.
    contracts.register()
    parcours.register()
