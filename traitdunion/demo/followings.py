"""Who accompanies whom in the demo: « DEMO-01 » does, « DEMO-01? » has been asked."""

from candidates.models import Candidate
from candidates.structures.actions import choose_structure, follow_person
from candidates.structures.models import Following, FollowingEvent, SupportStructure
from traitdunion.demo.accounts import DOMAIN
from traitdunion.demo.past import Past
from traitdunion.demo.tables import rows

FOLLOWED_SINCE = 68  # Days ago: before every agreement.


def seed_followings(past: Past) -> None:
    """By the site's own actions; a second call finds everybody already answered or waiting."""
    structures = {
        it.external_code: it for it in SupportStructure.objects.filter(external_code__startswith="DEMO-")
    }
    people = {it.user.email: it for it in Candidate.objects.select_related("user")}
    known = set(Following.objects.values_list("candidate", flat=True))
    for row in rows("people"):
        candidate, told = people[f"{row['key']}@{DOMAIN}"], row["structure"]
        structure = structures.get(told.rstrip("?"))
        if structure is None or candidate.pk in known:
            continue
        following = choose_structure(candidate, structure, by=candidate.user)
        if is_answered := not told.endswith("?"):
            follow_person(following, by=structure.confirmed_members().order_by("pk").first())
        moment = past.moment(FOLLOWED_SINCE if is_answered else 1, f"{row['key']} structure")
        past.move(moment, Following, "id", following.pk)
        past.move(moment, FollowingEvent, "following_id", following.pk)
        past.move_messages(moment)
