"""One import of a catalogue, for the command and for the administration: dry, it takes all of it back."""

from pathlib import Path

from django.db import transaction
from django.utils import timezone

from territories.models import Region
from trainings.catalogue.files import opened
from trainings.catalogue.follower import VANISHED_AT_MOST, follow
from trainings.catalogue.report import Report
from trainings.models import CatalogueImport


def import_catalogue(
    path: Path,
    *,
    file_name: str,
    region: Region | None,
    wet_run: bool,
    vanished_at_most: int = VANISHED_AT_MOST,
) -> tuple[Report, CatalogueImport | None]:
    """What was found; and, written for good, the trace that it leaves."""
    with opened(path) as file, transaction.atomic():
        report = follow(file, now=timezone.now(), region=region, vanished_at_most=vanished_at_most)
        if wet_run:
            kept = CatalogueImport.objects.create(
                file_name=file_name[:255], region=region, report=report.as_dict()
            )
            return report, kept
        transaction.set_rollback(True)
    return report, None
