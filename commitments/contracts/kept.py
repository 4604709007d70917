"""Is the promise kept? CDI or six months at least, and not below what was promised.

The promise is also a date: a contract that starts after the latest one that both signed (an amendment may
defer it) is below the promise.

Carried contracts follow the same rule, the carrier being the employer (GEIQ, group, agency). Temp
missions are added up: six months within nine (`promise.within_months` when it says less).
"""

import datetime as dt
from collections.abc import Iterable

from commitments.contracts.models import Contract, Mission, Shortfall
from commitments.contracts.months import Period, lasts, most_within
from commitments.projects.halves import SIX_MONTHS, HiringPromise
from immersions.offers.models import Contract as Kind

NINE_MONTHS = 9
# What is at least as good as what was promised.
AT_LEAST = {
    Kind.CDI: (Kind.CDI,),
    Kind.CDD: (Kind.CDI, Kind.CDD),
    Kind.WORK_STUDY: (Kind.CDI, Kind.CDD, Kind.WORK_STUDY),
    Kind.TEMP: tuple(Kind),
}


def shortfalls_of(
    contract: Contract, promise: HiringPromise, missions: Iterable[Period], *, latest: dt.date | None
) -> list[str]:
    """All that is missing, in the order of the list; nothing when the promise is kept."""
    found = [
        (Shortfall.TOO_SHORT, not _lasts(contract, missions, SIX_MONTHS, NINE_MONTHS)),
        (Shortfall.SHORTER, _is_shorter(contract, promise, missions)),
        (Shortfall.KIND, contract.kind not in AT_LEAST[Kind(promise.contract)]),
        (Shortfall.PAY, contract.pay_gross_monthly < promise.pay_gross_monthly),
        (Shortfall.HOURS, contract.hours_weekly < promise.hours_weekly),
        (Shortfall.LATE, latest is not None and contract.starts_on > latest),
    ]
    return [shortfall.value for shortfall, is_missing in found if is_missing]


def _is_shorter(contract: Contract, promise: HiringPromise, missions: Iterable[Period]) -> bool:
    """Six months at least, and yet less than the months that were promised."""
    if not promise.months or not _lasts(contract, missions, SIX_MONTHS, NINE_MONTHS):
        return False
    return not _lasts(contract, missions, promise.months, promise.within_months or NINE_MONTHS)


def _lasts(contract: Contract, missions: Iterable[Period], months: int, window: int) -> bool:
    if contract.kind == Kind.CDI:
        return True
    if contract.kind == Kind.TEMP:
        return most_within(missions, max(window, months)) >= months
    return lasts(contract.starts_on, contract.ends_on, months)


def judge(
    contract: Contract,
    promise: HiringPromise,
    missions: Iterable[Mission | Period],
    *,
    latest: dt.date | None,
) -> None:
    """Write on the contract whether it keeps the promise, and if not why. The caller saves."""
    periods = [it.period if isinstance(it, Mission) else it for it in missions]
    contract.why_not_kept = shortfalls_of(contract, promise, periods, latest=latest)
    contract.is_kept = not contract.why_not_kept
