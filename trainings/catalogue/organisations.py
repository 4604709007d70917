from collections.abc import Iterable

from trainings.catalogue.rows import OrganisationRow, facts
from trainings.models import Source, TrainingOrganisation


class Organisations:
    """The organisations of a catalogue. The first time that one is named in it tells who it is:
    two trainings of the same organisation may give two telephone numbers."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def write(self, rows: Iterable[OrganisationRow]) -> dict[str, int]:
        """The primary key of each, by its number; those new to this import are brought up to date."""
        fresh = {row.external_id: row for row in reversed(list(rows)) if row.external_id not in self._known}
        ours = {
            organisation.external_id: organisation
            for organisation in TrainingOrganisation.objects.filter(
                source=Source.CATALOGUE, external_id__in=fresh
            )
        }
        for number, row in fresh.items():
            wanted = facts(row)
            organisation = ours.setdefault(number, TrainingOrganisation(source=Source.CATALOGUE))
            if any(getattr(organisation, name) != value for name, value in wanted.items()):
                for name, value in wanted.items():
                    setattr(organisation, name, value)
                organisation.save()
            self._known[number] = organisation.pk
        return self._known
