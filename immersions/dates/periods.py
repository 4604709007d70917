"""Periods as a proposal keeps them, and the slots that they stand for."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from core import french
from core.rules import RuleBroken
from immersions.applications import places
from immersions.applications.models import Application
from immersions.applications.places import AgreedDates
from immersions.offers.models import Slot

Period = dict[str, Any]
HAS_CHANGED = "Ce créneau a changé depuis la proposition. Choisissez-en un autre."


def of_slots(slots: Iterable[Slot]) -> list[Period]:
    """In the order of the calendar."""
    ordered = sorted(slots, key=lambda slot: (slot.first_day, slot.starts_at))
    known = places.as_data(ordered)
    return [{"slot": slot.pk, **data} for slot, data in zip(ordered, known, strict=True)]


def of_dates(dates: Iterable[AgreedDates]) -> list[Period]:
    return [
        {
            "slot": None,
            "first_day": it.first_day.isoformat(),
            "last_day": it.last_day.isoformat(),
            "starts_at": it.starts_at.isoformat("minutes"),
            "ends_at": it.ends_at.isoformat("minutes"),
        }
        for it in dates
    ]


def slots_for(application: Application, periods: list[Period]) -> list[Slot]:
    """The slots that these periods speak of; new ones, not saved, for dates to write."""
    return [_slot_for(application, period) for period in periods]


def _slot_for(application: Application, period: Period) -> Slot:
    if period["slot"] is None:
        return places.agree_on(application.offer, _dates_of(period))
    slot = Slot.objects.filter(pk=period["slot"], offer=application.offer_id).first()
    if slot is None or of_slots([slot]) != [period]:
        raise RuleBroken(HAS_CHANGED, code="slot_changed")
    return slot


def _dates_of(period: Period) -> AgreedDates:
    return AgreedDates(
        dt.date.fromisoformat(period["first_day"]),
        dt.date.fromisoformat(period["last_day"]),
        dt.time.fromisoformat(period["starts_at"]),
        dt.time.fromisoformat(period["ends_at"]),
    )


def words_of(periods: list[Period]) -> str:
    """« lundi 7 au mercredi 9 décembre, de 8 h à 16 h ; … »."""
    return " ; ".join(_words(_dates_of(period)) for period in periods)


def _words(dates: AgreedDates) -> str:
    hours = f"de {french.hour(dates.starts_at)} à {french.hour(dates.ends_at)}"
    return f"{french.period(dates.first_day, dates.last_day)}, {hours}"


def mentions(choices: list[list[Period]], slot: Slot) -> bool:
    return any(period["slot"] == slot.pk for periods in choices for period in periods)
