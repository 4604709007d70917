"""Going through rows one by one, each in a transaction of its own.

One row that cannot be moved must not keep all the others waiting: a rule that refuses says that
somebody moved it in between, or moves it now; anything else is logged as the fault that it is.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from core.rules import RuleBroken

logger = logging.getLogger(__name__)


def each_alone(rows: QuerySet, act: Callable[[int], Any]) -> int:
    """Call `act(pk)` for each row, in the order of `rows`. Returns the sum of what it answered; nothing
    at all counts as one done.
    """
    label = rows.model._meta.label
    return sum(_one(label, pk, act) for pk in list(rows.values_list("pk", flat=True)))


def _one(label: str, pk: int, act: Callable[[int], Any]) -> int:
    try:
        with transaction.atomic():
            done = act(pk)
    except RuleBroken as refusal:
        logger.info("row not moved", extra={"model": label, "pk": pk, "code": refusal.code})
        return 0
    except Exception:
        logger.exception("row failed", extra={"model": label, "pk": pk})
        return 0
    return 1 if done is None else int(done)
