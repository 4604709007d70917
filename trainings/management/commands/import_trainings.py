import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from territories.models import Region
from trainings.catalogue import FileRefused, Report
from trainings.catalogue.follower import VANISHED_AT_MOST
from trainings.catalogue.importing import import_catalogue


class Command(BaseCommand):
    help = "Suit le catalogue régional des formations (LHÉO 2.3). Sans --wet-run, ne change rien."

    def add_arguments(self, parser):
        parser.add_argument("path", metavar="FICHIER", type=Path, help=".xml ou .xml.gz")
        parser.add_argument("--wet-run", action="store_true", help="écrire pour de bon")
        parser.add_argument("--json", action="store_true", help="le compte rendu seul, en JSON")
        parser.add_argument(
            "--region",
            metavar="CODE",
            default="",
            help="code INSEE de la région dont c’est le catalogue entier (par défaut, la seule ouverte)",
        )
        parser.add_argument(
            "--vanished-at-most",
            metavar="POURCENT",
            type=int,
            default=VANISHED_AT_MOST,
            help="refuser un fichier où plus de formations connues ont disparu",
        )

    def handle(self, *, path: Path, wet_run: bool, region: str, vanished_at_most: int, **options):
        announced_by = _region(region)
        try:
            report, _ = import_catalogue(
                path,
                file_name=path.name,
                region=announced_by,
                wet_run=wet_run,
                vanished_at_most=vanished_at_most,
            )
        except FileRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self._tell(report, wet_run=wet_run, as_json=options["json"])

    def _tell(self, report: Report, *, wet_run: bool, as_json: bool) -> None:
        if as_json:
            told: dict[str, Any] = {**report.as_dict(), "wet_run": wet_run}
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
            return
        for refusal in report.refusals:
            self.stderr.write(refusal)
        if not wet_run:
            self.stdout.write("À blanc, rien n’est écrit :")
        for line in report.lines():
            self.stdout.write(line)


def _region(code: str) -> Region | None:
    """The region asked for; without a word, the only one that is open."""
    if code:
        region = Region.objects.filter(code=code).first()
        if region is None:
            raise CommandError(f"Aucune région ne porte le code « {code} ».")
        return region
    opened_regions = list(Region.objects.filter(is_open=True)[:2])
    return opened_regions[0] if len(opened_regions) == 1 else None
