"""When the immersion takes place: the periods booked, and the hours written day by day."""

import datetime as dt
from typing import Any

from immersions.agreements.facts import Presence
from immersions.agreements.models import Agreement
from immersions.applications.words import days_in
from immersions.offers.models import Slot

LUNCH_STARTS, LUNCH_ENDS = dt.time(12), dt.time(13)
HALF_DAY = dt.timedelta(hours=5)
ONE_DAY = dt.timedelta(days=1)
NIGHT_ENDS = dt.time(6)


def slots_of(agreement: Agreement) -> list[Slot]:
    return agreement.application.slots


def first_day_of(agreement: Agreement) -> dt.date:
    return min(slot.first_day for slot in slots_of(agreement))


def last_day_of(agreement: Agreement) -> dt.date:
    return max(slot.last_day for slot in slots_of(agreement))


def days_of(agreement: Agreement) -> list[dt.date]:
    """Every day between the first and the last of each period: a week-end too may be worked."""
    days = {
        slot.first_day + ONE_DAY * number
        for slot in slots_of(agreement)
        for number in range((slot.last_day - slot.first_day).days + 1)
    }
    return sorted(days)


def day_fields(agreement: Agreement) -> list[tuple[dt.date, list[str]]]:
    """Per day, the names of its four hours."""
    return [(day, [f"{day.isoformat()}_{number}" for number in range(1, 5)]) for day in days_of(agreement)]


def usual_hours(agreement: Agreement) -> dict[str, str]:
    """The hours booked, with a break at noon: what the company corrects."""
    hours: dict[str, str] = {}
    for slot in slots_of(agreement):
        for day in days_in(slot.first_day, slot.last_day):
            name = day.isoformat()
            hours |= {f"{name}_{n}": written(hour) for n, hour in enumerate(_stretches(slot), start=1)}
    return hours


def _stretches(slot: Slot) -> list[dt.time]:
    start, end = (dt.datetime.combine(slot.first_day, hour) for hour in (slot.starts_at, slot.ends_at))
    if end - start <= HALF_DAY or not slot.starts_at < LUNCH_STARTS or not slot.ends_at > LUNCH_ENDS:
        return [slot.starts_at, slot.ends_at]
    return [slot.starts_at, LUNCH_STARTS, LUNCH_ENDS, slot.ends_at]


def presences_of(agreement: Agreement, data: dict[str, Any]) -> tuple[Presence, ...]:
    """What the company wrote, as stretches; an end before 6 h is that of the next morning."""
    presences = []
    for day, names in day_fields(agreement):
        typed = [data.get(name) or "" for name in names]
        for start, end in (typed[:2], typed[2:]):
            if start and end:
                begins, ends = (dt.datetime.combine(day, dt.time.fromisoformat(it)) for it in (start, end))
                is_next_morning = ends < begins and ends.time() <= NIGHT_ENDS
                presences.append(Presence(begins, ends + ONE_DAY if is_next_morning else ends))
    return tuple(presences)


def written(value: Any) -> Any:
    """A date or an hour as JSON keeps it; anything else as it is."""
    if isinstance(value, dt.time):
        return value.isoformat("minutes")
    if isinstance(value, dt.date):
        return value.isoformat()
    return value
