"""What a worker does with a catalogue laid down: try it out, import it, forget it after a week."""

import datetime as dt
import logging
from pathlib import Path

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from trainings.catalogue.importing import import_catalogue
from trainings.catalogue.refusals import FileRefused
from trainings.models import CatalogueFile

logger = logging.getLogger(__name__)
KEPT = dt.timedelta(days=7)


@transaction.atomic
def read(pk: int) -> None:
    """Try the file out, or import it when that was confirmed. Whoever comes second finds it held, or done."""
    rows = CatalogueFile.objects.select_for_update(skip_locked=True, of=("self",)).select_related("region")
    laid_down = rows.filter(pk=pk).first()
    if laid_down is None or not laid_down.waits:
        return
    is_wet = laid_down.confirmed_at is not None
    try:
        report, laid_down.imported = import_catalogue(
            Path(laid_down.file.path), file_name=laid_down.file_name, region=laid_down.region, wet_run=is_wet
        )
        laid_down.report = report.as_dict()
    except FileRefused as refusal:
        laid_down.error = str(refusal).replace(laid_down.file.path, laid_down.file_name)
    laid_down.tried_at = laid_down.tried_at or timezone.now()
    laid_down.save()
    logger.info(
        "catalogue read", extra={"catalogue_file": pk, "wet": is_wet, "refused": bool(laid_down.error)}
    )


def waiting() -> QuerySet[CatalogueFile]:
    """Laid down or confirmed, and nobody has said how it went: the bell was lost, or the worker."""
    lately = timezone.now() - CatalogueFile.INTERRUPTED_AFTER
    to_try = Q(tried_at=None, laid_down_at__gte=lately)
    to_write = Q(confirmed_at__gte=lately, imported=None)
    return CatalogueFile.objects.filter(to_try | to_write, error="").order_by("pk")


def forget_old_files() -> int:
    """What was laid down is kept a week, then only its report."""
    old = CatalogueFile.objects.filter(laid_down_at__lt=timezone.now() - KEPT).exclude(file="")
    for laid_down in old:
        laid_down.file.delete(save=False)
        CatalogueFile.objects.filter(pk=laid_down.pk).update(file="")
    return len(old)
