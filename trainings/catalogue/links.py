from collections.abc import Iterable

from territories.models import Occupation
from trainings.catalogue.report import Report
from trainings.models import TrainingOccupation
from trainings.models.trainings import LinkOrigin


class Links:
    """Which occupations a catalogue says its trainings lead to. What an agent linked is not ours."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self._children: dict[str, list[str]] = {}
        for code, parent in Occupation.objects.order_by("code").values_list("code", "parent_code"):
            if parent and parent != code:
                self._children.setdefault(parent, []).append(code)
        self._today = set(Occupation.objects.values_list("code", flat=True))

    def occupations(self, codes: Iterable[str]) -> set[str]:
        """Today's codes for those of the file: itself, or all the heirs of a code of yesterday.

        A code that nobody knows is kept aside, and told once in the report.
        """
        found: set[str] = set()
        for code in codes:
            if code in self._today:
                found.add(code)
            elif heirs := self._children.get(code):
                found.update(heirs)
            else:
                self.report.unknown_occupations[code] += 1
        return found

    def write(self, codes: dict[int, list[str]]) -> None:
        """Make the catalogue's links of these trainings (by primary key) those of their codes."""
        wanted = {(pk, code) for pk, some in codes.items() for code in self.occupations(some)}
        links = TrainingOccupation.objects.filter(training_id__in=codes)
        known = {(link.training_id, link.occupation_id): link for link in links}
        TrainingOccupation.objects.bulk_create(
            TrainingOccupation(training_id=pk, occupation_id=code, origin=LinkOrigin.CATALOGUE)
            for pk, code in sorted(wanted - known.keys())
        )
        gone = [
            link.pk
            for key, link in known.items()
            if key not in wanted and link.origin == LinkOrigin.CATALOGUE
        ]
        TrainingOccupation.objects.filter(pk__in=gone).delete()
