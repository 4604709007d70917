"""What this alcove tells the rooms below it, once, when the site starts."""

from typing import Any

from accounts.arrivals import Arrival, expect
from accounts.members.doors import Door, open_door
from accounts.sight import see_organisations_through
from core.personal_data import Keeper, keep
from trainings.models import TrainingOrganisation
from trainings.organisations.personal_data import erase_told, export_told


def register() -> None:
    expect(
        "organisation",
        Arrival(
            label="Un organisme de formation",
            hint="Greta, Afpa, CFA, école…",
            next_page="organisations:choose",
            order=3,
        ),
    )
    open_door(
        "training_organisations",
        Door(
            is_for=lambda organisation: hasattr(organisation, "training_organisation"),
            space="organisation_space",
            members="organisations:members",
        ),
    )
    keep("sessions_told", Keeper(title="Sessions de formation", export=export_told, erase=erase_told))
    see_organisations_through("training_organisations", _organisations_of)


def _organisations_of(user: Any) -> Any:
    theirs = TrainingOrganisation.objects.in_territory_of(user)
    return theirs.exclude(organisation=None).values("organisation")
