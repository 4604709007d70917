"""Taking and giving back the places of a slot: never more people than places."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F
from django.utils import timezone

from candidates.models import Candidate
from core.rules import RuleBroken, constraints_speak
from immersions.applications.models import Application, Booking
from immersions.applications.words import day_words, half_days_in
from immersions.applications.workflow import HOLDS_PLACES
from immersions.offers import notice
from immersions.offers.models import Offer, Slot

WHEN = ("first_day", "last_day", "starts_at", "ends_at")
LONGEST_DAY = dt.timedelta(hours=10)  # Domain rule 3, adults.


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


def take(application: Application, slot: Slot) -> None:
    """Hold a place of `slot` for a locked `application`.

    Always in this order: application, candidate, slot. The place is taken by one conditional
    UPDATE, so that two companies' members who click together cannot both have the last one.
    """
    if slot.offer_id != application.offer_id:
        raise RuleBroken("Ce créneau n’est pas de cette offre.", code="slot_of_another_offer")
    if slot.first_day <= timezone.localdate():
        raise RuleBroken("Ce créneau est passé. Choisissez-en un autre.", code="slot_past")
    check_notice(application.offer, slot.first_day)
    _check_candidate_is_free(application, slot)
    _check_has_not_moved(slot)
    if slot.is_agreed and slot.pk is None:
        slot.places_taken = 1
        with constraints_speak(Slot):
            slot.save()
    elif not Slot.objects.filter(pk=slot.pk).bookable().update(places_taken=F("places_taken") + 1):
        raise RuleBroken(*_why_not(slot))
    with constraints_speak(Booking):
        application.bookings.create(slot=slot)


def _check_has_not_moved(slot: Slot) -> None:
    """A colleague may move or remove a slot while it is being given: what is written is what holds."""
    if slot.pk is None:
        return
    there = Slot.objects.select_for_update(no_key=True).filter(pk=slot.pk).first()
    if there is None:
        raise RuleBroken("Ce créneau n’existe plus. Choisissez-en un autre.", code="slot_gone")
    if any(getattr(there, name) != getattr(slot, name) for name in WHEN):
        raise RuleBroken("Les dates de ce créneau viennent de changer : relisez-les.", code="slot_moved")


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


def give_back(application: Application) -> list[Slot]:
    """Free the places of a locked `application`; returns the slots that it held."""
    slots = held_by(application)
    application.bookings.all().delete()
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
