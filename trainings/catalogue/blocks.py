from collections.abc import Iterable

from trainings.catalogue.report import BLOCKS, Report
from trainings.catalogue.rows import BlockRow
from trainings.models import SkillBlock, TrainingBlock
from trainings.models.trainings import LinkOrigin


class Blocks:
    """Which blocks a catalogue says its trainings teach. What an agent linked is not ours.

    The first time that a code is named in the file tells its title: two organisations may write it
    differently. A block is never deleted: people may have obtained it.
    """

    def __init__(self, report: Report) -> None:
        self.report = report
        self._known: dict[str, int] = {}

    def write(self, taught: dict[int, list[BlockRow]]) -> None:
        """Make the catalogue's links of these trainings (by primary key) those of their blocks."""
        known = self._blocks(row for rows in taught.values() for row in rows)
        wanted = {(pk, known[row.code]) for pk, rows in taught.items() for row in rows}
        links = TrainingBlock.objects.filter(training_id__in=taught)
        ours = {(link.training_id, link.block_id): link for link in links}
        TrainingBlock.objects.bulk_create(
            TrainingBlock(training_id=pk, block_id=block, origin=LinkOrigin.CATALOGUE)
            for pk, block in sorted(wanted - ours.keys())
        )
        gone = [
            link.pk for key, link in ours.items() if key not in wanted and link.origin == LinkOrigin.CATALOGUE
        ]
        TrainingBlock.objects.filter(pk__in=gone).delete()

    def _blocks(self, rows: Iterable[BlockRow]) -> dict[str, int]:
        """The primary key of each, by its code; those new to this import are brought up to date."""
        fresh = {row.code: row for row in reversed(list(rows)) if row.code not in self._known}
        ours = {block.code: block for block in SkillBlock.objects.filter(code__in=fresh)}
        for code, row in fresh.items():
            block = ours.get(code) or SkillBlock(code=code)
            if (block.title, block.certification) != (row.title, row.certification):
                kind = self.report.updated if block.pk else self.report.created
                kind[BLOCKS] += 1
                block.title, block.certification = row.title, row.certification
                block.save()
            self._known[code] = block.pk
        return self._known
