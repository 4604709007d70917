"""An immersion in words: when it is, how long it lasts, how one calls it."""

import datetime as dt
from collections.abc import Iterable

from core import french
from immersions.offers.models import Offer, Slot

ONE_DAY = dt.timedelta(days=1)
LONGEST_HALF_DAY = dt.timedelta(hours=5)


def day_words(day: dt.date) -> str:
    """« lundi 7 décembre »."""
    return french.day(day, weekday=True)


def slot_words(slot: Slot) -> str:
    """« lundi 7 au mercredi 9 décembre, de 8 h à 16 h »."""
    hours = f"de {french.hour(slot.starts_at)} à {french.hour(slot.ends_at)}"
    return f"{french.period(slot.first_day, slot.last_day)}, {hours}"


def when_words(slots: Iterable[Slot]) -> str:
    """« lundi 7 au mercredi 9 décembre, 8 h »: when to be there."""
    return " ; ".join(
        f"{french.period(slot.first_day, slot.last_day)}, {french.hour(slot.starts_at)}" for slot in slots
    )


def week_words(monday: dt.date) -> str:
    return f"semaine du {day_words(monday)}"


def what_words(offer: Offer) -> str:
    """« Immersion Maçonne, maçon », « Visite d’un fournil »: a title that says it already says it once."""
    thing = thing_words(offer)
    said = offer.title.lower().startswith(thing.lower())
    return offer.title if said else f"{thing} {offer.title}"


def thing_words(offer: Offer) -> str:
    """« Visite » or « Immersion »: what one comes for."""
    return "Immersion" if offer.needs_agreement else "Visite"


def days_in(first: dt.date, last: dt.date) -> list[dt.date]:
    """The days one works between two dates: a week-end in the middle is rest."""
    days = [first + ONE_DAY * n for n in range((last - first).days + 1)]
    return [day for day in days if day.weekday() < 5 or day in (first, last)]


def half_days_in(first: dt.date, last: dt.date, starts_at: dt.time, ends_at: dt.time) -> int:
    """How many half-days that makes: up to five hours, a day counts for one."""
    length = dt.datetime.combine(first, ends_at) - dt.datetime.combine(first, starts_at)
    return len(days_in(first, last)) * (1 if length <= LONGEST_HALF_DAY else 2)
