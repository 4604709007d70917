"""What this alcove tells the rooms below it, once, when the site starts."""

from typing import Any

from accounts.arrivals import Arrival, expect
from accounts.members.doors import Door, open_door
from accounts.sight import see_organisations_through
from candidates.structures.models import SupportStructure
from candidates.structures.personal_data import erase_followings, export_followings
from candidates.structures.watch import WATCH
from candidates.structures.workflow import FOLLOWING_WORKFLOW, FollowingStatus
from core import waits
from core.personal_data import Keeper, keep
from territories.delays import WORKING, let_regions_choose


def register() -> None:
    expect(
        "advisor",
        Arrival(
            label="Conseiller ou conseillère",
            hint="France Travail, mission locale, Cap emploi…",
            next_page="structures:choose",
            order=2,
        ),
    )
    open_door(
        "structures",
        Door(
            is_for=lambda organisation: organisation.support_structures.exists(),
            space="advisor_space",
            members="structures:members",
        ),
    )
    keep(
        "followings",
        Keeper(title="Accompagnement", export=export_followings, erase=erase_followings),
    )
    see_organisations_through("structures", _organisations_of)
    let_regions_choose(
        "following",
        FOLLOWING_WORKFLOW.wait(FollowingStatus.ASKED),
        title="Réponse d’une structure à « Qui vous accompagne ? »",
        unit=WORKING,
    )
    waits.watch(WATCH)


def _organisations_of(user: Any) -> Any:
    structures = SupportStructure.objects.in_territory_of(user)
    return structures.exclude(organisation=None).values("organisation")
