"""« Publier un texte de promesse »: an agent writes for the regions of their territory, and only a draft changes."""

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from accounts.models import User
from commitments.projects.texts import PromiseWording
from core.rules import RuleBroken
from territories.agents import departments_of


@transaction.atomic
def publish_wordings(wordings: QuerySet[PromiseWording], *, by: User) -> int:
    """The drafts among them bind from now on; returns how many. What is signed keeps its own words."""
    if not by.is_superuser:
        wordings = wordings.filter(region__in=regions_of(by))
    count = wordings.filter(published_at=None).update(published_at=timezone.now(), published_by=by)
    if not count:
        raise RuleBroken("Rien à publier : choisissez un brouillon de votre région.", code="no_draft")
    return count


@transaction.atomic
def copy_wording(wording: PromiseWording, *, by: User) -> PromiseWording:
    """A draft with the same words; an agent's copy of the words of all regions is for their own."""
    wording.pk, wording._state.adding = None, True
    if wording.region_id is None and not by.is_superuser:
        wording.region_id = regions_of(by)[0]
    wording.number, wording.created_at = next_number(wording.region_id), timezone.now()
    wording.published_at = wording.published_by = None
    wording.save()
    return wording


def regions_of(user: User) -> list[str]:
    return sorted(set(departments_of(user).values_list("region", flat=True)))


def next_number(region: str | None) -> int:
    rows = PromiseWording.objects.filter(region=region)
    return (rows.aggregate(last=Max("number"))["last"] or 0) + 1
