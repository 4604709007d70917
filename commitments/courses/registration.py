"""What this alcove tells the others, once, when the site starts."""

from commitments.courses import concerns, follows, moving, sweeps
from commitments.courses.personal_data import erase_courses, export_courses
from commitments.projects import followers
from commitments.seats import showing
from core import waits
from core.personal_data import Keeper, keep
from trainings.moves import follow_moves


def register() -> None:
    followers.follow("courses", ended=follows.ended)
    follow_moves("courses", moving.follow_sessions)
    showing.flag("courses", concerns.to_look_after)
    waits.watch(sweeps.CHECK_INS)
    waits.watch(sweeps.CONCERNS)
    keep("courses", Keeper(title="Formation suivie", export=export_courses, erase=erase_courses))
