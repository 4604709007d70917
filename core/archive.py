"""How long a signed act is kept (domain.md, rule 6; the page « Données personnelles » says it): two years
in the spaces of its parties, three more in an archive that only agents read, then without anybody's name.
"""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

AT_HAND, KEPT = 2, 5  # Years since nothing more was to come.


class InArchive(PermissionDenied):
    """Its two years are over: the page says so, and whom to ask (`traitdunion.views.refused`)."""


def closed_before() -> dt.datetime:
    """What ended before this instant is in the archive."""
    return years_ago(AT_HAND)


def forgotten_before() -> dt.datetime:
    """What ended before this instant keeps no name."""
    return years_ago(KEPT)


def years_ago(years: int) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=round(years * 365.25))


def check_at_hand(row: Any) -> None:
    """For a page of one act: `row` knows whether it `is_archived`. Raises InArchive."""
    if row.is_archived:
        raise InArchive
