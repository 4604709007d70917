"""What each alcove of this room registers with the rooms below, once, at the start."""

from commitments import waiting
from commitments.contracts import registration as contracts
from commitments.courses import registration as courses
from commitments.followups import registration as followups
from commitments.parcours import registration as parcours
from commitments.projects import registration as projects
from commitments.seats import registration as seats
from core.aging import ages_not


def register() -> None:
    """One line per alcove."""
    waiting.register()
    projects.register()
    seats.register()
    courses.register()
    followups.register()  # The questions are planned before the contract moves on.
    contracts.register()
    parcours.register()
    ages_not("commitments_legalminimum")  # What the law says from a day on does not move with people.
