"""What this alcove tells the others, once, when the site starts."""

from commitments.parcours import from_immersions, from_projects, from_trainings
from commitments.parcours.lines import tell
from commitments.parcours.personal_data import erase_path, export_path
from core.personal_data import Keeper, keep


def register() -> None:
    """A new alcove adds its source here."""
    tell("immersions", from_immersions.lines_of)
    tell("projects", from_projects.lines_of)
    tell("trainings", from_trainings.lines_of)
    keep("path", Keeper(title="Parcours", export=export_path, erase=erase_path))
