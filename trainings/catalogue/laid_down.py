"""A catalogue laid down in the administration. A page only takes the file; a worker reads it."""

import logging
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from core import bell
from core.rules import RuleBroken
from territories.models import AgentTerritory, Region
from trainings.models import CatalogueFile
from trainings.tasks import read_catalogue_file

logger = logging.getLogger(__name__)


@transaction.atomic
def lay_down_catalogue(file: Any, *, region: Region, by: User) -> CatalogueFile:
    """« Voici le catalogue. » It is tried out, nothing is written."""
    if region not in regions_of(by):
        raise RuleBroken("Ce n’est pas votre région.", code="region")
    laid_down = CatalogueFile(region=region, laid_down_by=by, file_name=Path(file.name).name[:255])
    laid_down.file.save(file.name, file, save=False)
    laid_down.save()
    _ring(laid_down.pk)
    logger.info("catalogue laid down", extra={"catalogue_file": laid_down.pk, "by": by.pk})
    return laid_down


@transaction.atomic
def confirm_catalogue(laid_down: CatalogueFile, *, by: User) -> None:
    """« C’est bien cela : importez. »"""
    laid_down.refresh_from_db(from_queryset=CatalogueFile.objects.select_for_update(of=("self",)))
    if laid_down.region not in regions_of(by):
        raise RuleBroken("Ce n’est pas votre région.", code="region")
    if laid_down.imported_id:
        raise RuleBroken("Ce fichier est déjà importé.", code="done")
    if not laid_down.may_be_confirmed:
        raise RuleBroken("Ce fichier ne s’importe pas : lisez le compte rendu de son essai.", code="trial")
    if laid_down.confirmed_at and not laid_down.is_interrupted:
        raise RuleBroken("L’import est déjà demandé : il commence dans un instant.", code="asked")
    laid_down.confirmed_by, laid_down.confirmed_at = by, timezone.now()
    laid_down.save()
    _ring(laid_down.pk)
    logger.info("catalogue confirmed", extra={"catalogue_file": laid_down.pk, "by": by.pk})


def regions_of(user: User) -> QuerySet[Region]:
    """The regions whose whole catalogue is theirs: an agent of some departments imports none."""
    if user.is_superuser:
        return Region.objects.all()
    return Region.objects.filter(pk__in=AgentTerritory.objects.filter(user=user).values("region"))


def _ring(pk: int) -> None:
    transaction.on_commit(lambda: bell.ring(read_catalogue_file, pk), robust=True)
