"""What this alcove tells the others, once, when the site starts."""

from candidates.structures import activity
from commitments.projects import amendment_watch
from commitments.projects.for_advisors import lines_of
from commitments.projects.pdf import made_for_mail
from commitments.projects.personal_data import erase_commitments, export_commitments, obstacle_of
from commitments.projects.verification import find
from commitments.projects.watch import WATCH, register_proposals
from core import attachments, waits
from core.personal_data import Keeper, keep
from core.verification import documents


def register() -> None:
    register_proposals()
    waits.watch(WATCH)
    waits.watch(amendment_watch.WATCH)
    documents("commitments", find)
    attachments.maker("commitments/version", made_for_mail)
    activity.show("commitments", lines_of)
    keep(
        "commitments",
        Keeper(
            title="Projets emploi-formation",
            export=export_commitments,
            erase=erase_commitments,
            obstacle=obstacle_of,
        ),
    )
