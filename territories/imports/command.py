"""What the two import commands share: arguments, words, and the report in JSON."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from territories.imports.files import opened
from territories.imports.report import FileRefused, Report


class ImportCommand(BaseCommand):
    """Dry unless `--wet-run`. `--json` puts the report, and nothing else, on the output."""

    follow: Callable[..., Report]

    def add_arguments(self, parser):
        parser.add_argument("path", metavar="FICHIER", type=Path, help=".csv ou .csv.gz")
        parser.add_argument("--wet-run", action="store_true", help="écrire pour de bon")
        parser.add_argument("--json", action="store_true", help="le compte rendu seul, en JSON")

    def handle(self, *, path: Path, wet_run: bool, **options):
        try:
            with opened(path) as file:
                report = type(self).follow(file, wet_run=wet_run)
        except FileRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["json"]:
            told: dict[str, Any] = {**report.as_dict(), "wet_run": wet_run}
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
            return
        for error in report.errors:
            self.stderr.write(error)
        self.stdout.write(f"{report}" if wet_run else f"À blanc, rien n’est écrit : {report}")
