"""A slot with people in it: moved, or closed. Everybody is told; nobody is moved without a yes."""

import logging
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import COMPANY
from core.rules import RuleBroken, constraints_speak
from immersions.applications.actions import cancel_for_closed_slot
from immersions.applications.models import Application
from immersions.applications.places import AgreedDates, check_dates, held_by
from immersions.applications.sides import role_about
from immersions.applications.workflow import HOLDS_PLACES
from immersions.dates import periods
from immersions.dates.actions import propose_dates, void_dates
from immersions.dates.models import IfNot
from immersions.offers import notice
from immersions.offers.models import Slot

logger = logging.getLogger(__name__)
OFFERED = 5  # Other slots shown to someone whose own closes.
TIME_TO_CHOOSE = 6  # Days before the first one: below, there is no time to choose.


@transaction.atomic
def move_slot(slot: Slot, dates: AgreedDates, *, by: User, words: str = "") -> list[Application]:
    """« Ce créneau change de dates. » Returns the people who are asked whether they follow."""
    people = _hold(slot, by=by)
    check_dates(slot.offer, dates)
    new = {name: getattr(dates, name) for name in AgreedDates.__slots__}
    if all(getattr(slot, name) == value for name, value in new.items()):
        raise RuleBroken("Ce sont déjà ses dates : écrivez les nouvelles.", code="same_dates")
    if not people:
        for name, value in new.items():
            setattr(slot, name, value)
        _save(slot)
    else:
        other = Slot(offer=slot.offer, places=slot.places, is_open=False, waits_for_answers=True, **new)
        _save(other)
        slot.is_open = slot.waits_for_answers = False
        _save(slot)
        for application in people:
            _ask(application, slot, [other], by=by, words=words, if_not=IfNot.KEEP)
    _record(slot, "move_slot", by=by, people=people)
    return people


@transaction.atomic
def close_slot(slot: Slot, *, by: User, words: str = "") -> list[Application]:
    """« Nous n’accueillerons personne à ces dates. » Its people choose another slot of the offer;
    without one, or without the time to choose, their place is given back, with a way on.
    """
    people = _hold(slot, by=by)
    slot.is_open = slot.waits_for_answers = False
    _save(slot)
    others = notice.open_slots(slot.offer).exclude(pk=slot.pk).order_by("first_day", "starts_at", "pk")
    offered = list(others[:OFFERED]) if _leaves_time(slot) else []
    for application in people:
        if offered:
            _ask(application, slot, offered, by=by, words=words, if_not=IfNot.CANCEL)
        else:
            cancel_for_closed_slot(application, by=by, words=words)
    _record(slot, "close_slot", by=by, people=people)
    return people


def _hold(slot: Slot, *, by: User) -> list[Application]:
    """Lock the offer, the people of the slot, then the slot itself."""
    offer = slot.offer
    offer.lock()
    if role_about(offer, by) != COMPANY:
        raise RuleBroken("Seule l’entreprise change ses créneaux.", code="role")
    people = list(_people_of(slot))
    for application in people:
        application.lock()
    slot.refresh_from_db(from_queryset=Slot.objects.select_for_update(no_key=True, of=("self",)))
    slot.offer = offer
    if slot.is_agreed:
        raise RuleBroken("Ces dates sont celles d’une personne : proposez-lui-en d’autres.", code="agreed")
    if slot.first_day <= timezone.localdate():
        raise RuleBroken("Ce créneau a commencé : il ne change plus.", code="started")
    if [it.pk for it in people] != [it.pk for it in _people_of(slot)]:
        raise RuleBroken("Quelqu’un vient de réserver ou de partir : relisez la page.", code="changed")
    return people


def _people_of(slot: Slot) -> Any:
    holding = Application.objects.filter(bookings__slot=slot, status__in=HOLDS_PLACES)
    return holding.select_related("offer__company", "candidate__user").order_by("pk")


def _ask(
    application: Application, gone: Slot, offered: list[Slot], *, by: User, words: str, if_not: IfNot
) -> None:
    """Would this person come at one of the slots `offered`, the rest of a series staying as it is?"""
    void_dates(application, by)
    rest = [slot for slot in held_by(application) if slot.pk != gone.pk]
    choices = [periods.of_slots([*rest, slot]) for slot in offered]
    propose_dates(application, choices, by=by, words=words, if_not=if_not)


def _leaves_time(slot: Slot) -> bool:
    return (slot.first_day - timezone.localdate()).days >= TIME_TO_CHOOSE


def _save(slot: Slot) -> None:
    with constraints_speak(Slot):
        slot.save()


def _record(slot: Slot, what: str, *, by: User, people: list[Application]) -> None:
    data = {"slot": slot.pk, "people": [application.pk for application in people]}
    slot.offer.record(what, before=slot.offer.status, role=COMPANY, by=by, data=data)
    logger.info("slot changed", extra={"slot": slot.pk, "what": what, "people": len(people)})
