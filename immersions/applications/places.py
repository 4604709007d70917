"""Taking and giving back the places of a slot: never more people than places."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from django.db.models import F
from django.utils import timezone

from candidates.models import Candidate
from core.rules import RuleBroken, constraints_speak
from immersions.agreements.facts import one_month_after
from immersions.applications.models import Application, Booking
from immersions.applications.words import day_words, half_days_in, slot_words
from immersions.applications.workflow import HOLDS_PLACES
from immersions.offers import notice
from immersions.offers.models import Offer, Slot

WHEN = ("first_day", "last_day", "starts_at", "ends_at")
LONGEST_DAY = dt.timedelta(hours=10)  # Domain rule 3, adults.
LONGEST_SERIES = 30  # Days between the first and the last: domain rule 3.


@dataclass(frozen=True, slots=True)
class AgreedDates:
    """What the company proposes for an offer whose dates are to agree."""

    first_day: dt.date
    last_day: dt.date
    starts_at: dt.time
    ends_at: dt.time


def check_dates(offer: Offer, dates: AgreedDates) -> None:
    """The dates fit the offer and the law; the form and the action both ask."""
    if dates.last_day < dates.first_day:
        raise RuleBroken("Le dernier jour vient après le premier.", code="last_day")
    if dates.ends_at <= dates.starts_at:
        raise RuleBroken("La journée finit après son début.", code="ends_at")
    begin, end = (dt.datetime.combine(dates.first_day, hour) for hour in (dates.starts_at, dates.ends_at))
    if end - begin > LONGEST_DAY:
        raise RuleBroken("Une journée d’immersion dure 10 heures au plus.", code="ends_at")
    check_notice(offer, dates.first_day)
    asked = half_days_in(dates.first_day, dates.last_day, dates.starts_at, dates.ends_at)
    if offer.half_days and asked > offer.half_days:
        raise RuleBroken(f"Cette offre dure {offer.duration} au plus.", code="last_day")


def check_notice(offer: Offer, first_day: dt.date) -> None:
    """A first day leaves the time to sign an agreement."""
    soonest = notice.first_day_of(offer)
    if first_day < soonest:
        why = "il faut le temps de signer la convention" if offer.needs_agreement else "c’est trop tôt"
        raise RuleBroken(f"Le premier jour possible est le {day_words(soonest)} : {why}.", code="first_day")


def agree_on(offer: Offer, dates: AgreedDates) -> Slot:
    """Write the one slot agreed; it is nobody else's to book."""
    check_dates(offer, dates)
    return Slot(
        offer=offer,
        first_day=dates.first_day,
        last_day=dates.last_day,
        starts_at=dates.starts_at,
        ends_at=dates.ends_at,
        places=1,
        is_open=False,
        is_agreed=True,
    )


def take_all(
    application: Application, slots: Sequence[Slot], *, beside: Sequence[Slot] = (), is_kept: bool = False
) -> None:
    """Hold a place in each of `slots` for a locked `application`: all of them, or none.

    Always in this order: application, candidate, slots by their ids. A place is taken by one
    conditional UPDATE, so that two companies' members who click together cannot both have the last
    one. `beside` are periods that it holds already; `is_kept`: a closed slot whose places wait for it.
    """
    check_series(application.offer, [*beside, *slots])
    in_order = sorted(slots, key=lambda slot: slot.pk or 0)
    for slot in in_order:
        _check_slot(application, slot)
        _check_candidate_is_free(application, slot)
    for slot in in_order:
        _hold(application, slot, is_kept=is_kept)


def check_series(offer: Offer, slots: Sequence[Slot]) -> None:
    """Several periods of one person are one immersion: apart from each other, one month in all."""
    if not slots:
        raise RuleBroken("Choisissez le créneau, ou les dates.", code="no_slot")
    if len(slots) == 1:
        return
    if any(_cross(one, other) for one, other in combinations(slots, 2)):
        raise RuleBroken("Deux de ces périodes se chevauchent : corrigez l’une des deux.", code="overlap")
    first, last = min(slot.first_day for slot in slots), max(slot.last_day for slot in slots)
    if last > one_month_after(first) or (last - first).days > LONGEST_SERIES:
        raise RuleBroken(
            "Toutes les périodes d’une même immersion tiennent en un mois : rapprochez-les.", code="one_month"
        )
    asked = sum(half_days_in(it.first_day, it.last_day, it.starts_at, it.ends_at) for it in slots)
    is_agreed = all(slot.is_agreed for slot in slots)
    longest = (offer.half_days or 0) if is_agreed else max(offer.half_days or 0, Offer.HALF_DAYS_AT_MOST)
    if longest and asked > longest:
        raise RuleBroken(
            f"Ensemble, ces périodes font {asked} demi-journées : {longest} au plus pour cette offre.",
            code="too_long",
        )


def _cross(one: Slot, other: Slot) -> bool:
    return (
        one.first_day <= other.last_day
        and other.first_day <= one.last_day
        and one.starts_at < other.ends_at
        and other.starts_at < one.ends_at
    )


def _check_slot(application: Application, slot: Slot) -> None:
    if slot.offer_id != application.offer_id:
        raise RuleBroken("Ce créneau n’est pas de cette offre.", code="slot_of_another_offer")
    if slot.first_day <= timezone.localdate():
        raise RuleBroken("Ce créneau est passé. Choisissez-en un autre.", code="slot_past")
    check_notice(application.offer, slot.first_day)
    _check_is_there(slot)


def _hold(application: Application, slot: Slot, *, is_kept: bool) -> None:
    if slot.is_agreed and slot.pk is None:
        slot.places_taken = 1
        with constraints_speak(Slot):
            slot.save()
    else:
        free = Slot.objects.filter(pk=slot.pk).bookable(even_closed=is_kept)
        if not free.update(places_taken=F("places_taken") + 1):
            raise RuleBroken(*_why_not(slot))
    with constraints_speak(Booking):
        application.bookings.create(slot=slot)


def _check_is_there(slot: Slot) -> None:
    """A colleague may move or remove a slot while it is being given: what is written is what holds."""
    if slot.pk is None:
        return
    there = Slot.objects.select_for_update(no_key=True).filter(pk=slot.pk).first()
    if there is None:
        raise RuleBroken("Ce créneau n’existe plus. Choisissez-en un autre.", code="slot_gone")
    check_has_not_moved(slot, there)


def check_has_not_moved(slot: Slot, there: Slot) -> None:
    """`slot` as someone chose it, `there` as it is now."""
    if any(getattr(there, name) != getattr(slot, name) for name in WHEN):
        raise RuleBroken(
            f"Les dates de ce créneau viennent de changer : {slot_words(there)}. Relisez-les.",
            code="slot_moved",
        )


def _why_not(slot: Slot) -> tuple[str, str]:
    slot.refresh_from_db()
    if slot.is_open:
        return "Ce créneau est complet : la dernière place vient d’être prise.", "slot_full"
    return "Ce créneau est fermé. Choisissez-en un autre.", "slot_closed"


def _check_candidate_is_free(application: Application, slot: Slot) -> None:
    """Nobody is in two companies at the same hour. The candidate's row makes two bookings queue."""
    Candidate.objects.select_for_update(no_key=True).get(pk=application.candidate_id)
    elsewhere = Slot.objects.filter(
        bookings__application__candidate=application.candidate_id,
        bookings__application__status__in=HOLDS_PLACES,
        first_day__lte=slot.last_day,
        last_day__gte=slot.first_day,
        starts_at__lt=slot.ends_at,
        ends_at__gt=slot.starts_at,
    )
    if elsewhere.exists():
        raise RuleBroken("Cette personne n’est plus libre à ces dates.", code="candidate_busy")


def hold_rows(application: Application, slots: Iterable[Slot]) -> None:
    """Lock the candidate, then every slot concerned in the order of their ids: two people who
    exchange their slots never wait for each other.
    """
    Candidate.objects.select_for_update(no_key=True).get(pk=application.candidate_id)
    known = [slot.pk for slot in slots if slot.pk]
    list(Slot.objects.select_for_update(no_key=True).filter(pk__in=known).order_by("pk"))


def give_back(application: Application, only: Sequence[Slot] | None = None) -> list[Slot]:
    """Free the places of a locked `application`, or `only` some; returns the slots that it held."""
    slots = held_by(application) if only is None else list(only)
    application.bookings.filter(slot__in=slots).delete()
    # In the order of their ids: two people who free places together never cross.
    for slot in sorted(slots, key=lambda slot: slot.pk):
        if slot.is_agreed:
            Slot.objects.filter(pk=slot.pk).delete()
        else:
            Slot.objects.filter(pk=slot.pk).update(places_taken=F("places_taken") - 1)
    return slots


def held_by(application: Application) -> list[Slot]:
    return list(Slot.objects.filter(bookings__application=application).order_by("first_day", "pk"))


def as_data(slots: Iterable[Slot]) -> list[dict[str, str]]:
    """What the history keeps of a slot: it may be gone one day."""
    return [
        {
            "first_day": slot.first_day.isoformat(),
            "last_day": slot.last_day.isoformat(),
            "starts_at": slot.starts_at.isoformat("minutes"),
            "ends_at": slot.ends_at.isoformat("minutes"),
        }
        for slot in slots
    ]
