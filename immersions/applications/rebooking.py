"""Other dates for a place already held: the old ones are given back, the new ones taken, at once."""

from collections.abc import Sequence

from django.utils import timezone

from accounts.models import User
from core.rules import RuleBroken
from core.workflow import Transition, apply, check
from immersions.applications import followers, places
from immersions.applications.models import Application
from immersions.applications.workflow import RESCHEDULE, RESCHEDULE_VISIT
from immersions.offers.models import Offer, Slot


def move_of(offer: Offer) -> Transition:
    """A visit has nothing to sign: it stays confirmed."""
    return RESCHEDULE if offer.needs_agreement else RESCHEDULE_VISIT


def check_may_move(application: Application, *, role: str) -> list[Slot]:
    """The slots that a locked `application` holds, if its dates may still change."""
    check(move_of(application.offer), application, role=role)
    held = places.held_by(application)
    if held and min(slot.first_day for slot in held) <= timezone.localdate():
        raise RuleBroken("L’immersion a commencé : les dates ne changent plus.", code="started")
    return held


def rebook(
    application: Application, wanted: Sequence[Slot], *, by: User, role: str, is_kept: bool = False
) -> tuple[list[Slot], list[Slot]]:
    """Give a locked `application` the slots `wanted` instead of its own. Who moves is who agreed.

    Returns the slots that it held and those that it holds now.
    """
    held = check_may_move(application, role=role)
    places.hold_rows(application, [*held, *wanted])
    staying = [slot for slot in held if slot in wanted]
    places.give_back(application, [slot for slot in held if slot not in staying])
    new = [slot for slot in wanted if slot not in staying]
    places.take_all(application, new, beside=staying, is_kept=is_kept)
    now = places.held_by(application)
    application.calendar_sequence += 1
    data = {"from": places.as_data(held), "slots": places.as_data(now)}
    apply(move_of(application.offer), application, role=role, by=by, data=data)
    followers.moved(application, by)
    return held, now
