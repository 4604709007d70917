"""The offers that the words typed for an occupation speak of."""

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q

from territories.asking import OccupationAnswer


def offers_about(asked: OccupationAnswer) -> Q:
    if asked.occupation:
        return Q(occupation=asked.occupation.code)
    if asked.is_unknown:
        return Q(pk__in=[])
    said = Q(search=SearchQuery(asked.typed, config="public.fr", search_type="plain"))
    if asked.meant:
        return said | Q(occupation__in=[each.code for each in asked.meant])
    return said
