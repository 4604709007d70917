"""Who accompanies whom in the demo: one person is followed, others wait for an answer."""

from accounts.models import User
from candidates.models import Candidate
from candidates.structures.actions import choose_structure, follow_person
from candidates.structures.demo import ADVISOR
from candidates.structures.models import Following, SupportStructure
from traitdunion.demo.accounts import CANDIDATE
from traitdunion.demo.past import Past

WAITING = 2  # People who ask the same structure, and are answered by nobody yet.


def seed_followings(past: Past) -> None:
    """By the site's own actions; a second call finds everybody already answered or waiting."""
    advisor = User.objects.filter(email=ADVISOR).first()
    structure = SupportStructure.objects.trusting(advisor).first() if advisor else None
    if structure is None:
        return
    followed = Candidate.objects.select_related("user").filter(user__email=CANDIDATE).first()
    if followed and not _has_one(followed):
        follow_person(choose_structure(followed, structure, by=followed.user), by=advisor)
    if Following.objects.filter(structure=structure).count() > 1:
        return
    others = Candidate.objects.select_related("user").filter(commune=structure.commune)
    for candidate in others.exclude(user__email=CANDIDATE).order_by("pk")[:WAITING]:
        choose_structure(candidate, structure, by=candidate.user)
    yesterday = past.moment(1, "followings")
    past.move(yesterday, Following, "structure_id", structure.pk)
    past.move_messages(yesterday)


def _has_one(candidate: Candidate) -> bool:
    return Following.objects.filter(candidate=candidate).exists()
