"""The legal minimum wage (SMIC, 35 hours), by date: data, one line per decree.

Part-time pay is asked for a full time, and work-study has minima of its own (a share that depends
on age): it is not checked.
"""

import csv
import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from django.utils import timezone

from core import french
from immersions.offers.models import Contract

TABLE = Path(__file__).parent.parent / "data" / "minimum_wage.csv"


@dataclass(frozen=True, slots=True)
class MinimumWage:
    since: dt.date
    gross_monthly: Decimal


@lru_cache(maxsize=1)
def _table() -> tuple[MinimumWage, ...]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        rows = [
            MinimumWage(dt.date.fromisoformat(row["from"]), Decimal(row["gross_monthly"]))
            for row in csv.DictReader(lines)
        ]
    return tuple(sorted(rows, key=lambda row: row.since))


def minimum_wage(day: dt.date | None = None) -> MinimumWage:
    """The last one that we know of: a newer decree not yet in the table is higher, never lower."""
    day = day or timezone.localdate()
    return [row for row in _table() if row.since <= day][-1]


def why_too_low(pay: Decimal, contract: str) -> str:
    """A sentence when the pay is under the legal minimum, or nothing."""
    least = minimum_wage()
    if contract == Contract.WORK_STUDY or pay >= least.gross_monthly:
        return ""
    cents = f"{least.gross_monthly % 1:.2f}".removeprefix("0.")
    amount = f"{french.figure(int(least.gross_monthly))},{cents}"
    return (
        f"C’est moins que le SMIC : {amount} € brut par mois pour un temps plein "
        f"depuis le {french.day(least.since, year=True)}."
    )
