"""Asking to be told, and telling: by what is, whatever freed the place.

A place that is freed tells one person; a day later, if it is still free, the next one.
"""

import datetime as dt
import logging

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from candidates.models import Candidate
from core.outbox import post
from core.rules import RuleBroken, constraints_speak
from core.sweeps import each_alone
from immersions.applications.models import Application
from immersions.applications.workflow import LIVE
from immersions.freed import emails
from immersions.freed.models import SlotWait
from immersions.offers import notice
from immersions.offers.models import Offer, Slot
from immersions.offers.workflow import OfferStatus

logger = logging.getLogger(__name__)
HEAD_START = dt.timedelta(days=1)  # Before the next one is told of the same place.
AT_ONCE = 200  # Slots a turn; ten minutes later come the others.


def full_slots(offer: Offer) -> QuerySet[Slot]:
    """Those that one may ask about: to come, open, and full."""
    soon = notice.first_day_of(offer)
    coming = Slot.objects.filter(offer=offer, first_day__gte=soon, is_open=True, is_agreed=False)
    free = Slot.objects.bookable().values("pk")
    return coming.exclude(pk__in=free).order_by("first_day", "starts_at", "pk")


@transaction.atomic
def ask_to_be_told(slot: Slot, candidate: Candidate) -> SlotWait:
    """« Prévenez-moi si une place se libère. »"""
    offer = slot.offer
    if offer.status != OfferStatus.PUBLISHED:
        raise RuleBroken("Cette offre ne reçoit plus de candidatures.", code="offer_closed")
    if not full_slots(offer).filter(pk=slot.pk).exists():
        raise RuleBroken(
            "Ce créneau n’est plus complet, ou n’existe plus : regardez l’offre.", code="not_full"
        )
    wait = SlotWait(slot=slot, candidate=candidate)
    with constraints_speak(SlotWait):
        wait.save()
    logger.info("slot waited for", extra={"slot": slot.pk})
    return wait


def stop_being_told(slot: Slot, candidate: Candidate) -> None:
    SlotWait.objects.filter(slot=slot, candidate=candidate).delete()


# --- Time ----------------------------------------------------------------------------------------
def tell_of_free_places() -> int:
    """Done by state: a night skipped or run twice changes nothing. Returns how many were told."""
    _forget_what_is_over()
    free = Slot.objects.bookable().filter(
        waited_by__told_at=None, waited_by__isnull=False, offer__status=OfferStatus.PUBLISHED
    )
    return each_alone(Slot.objects.filter(pk__in=free.values("pk")).order_by("pk")[:AT_ONCE], _tell_of)


def _forget_what_is_over() -> None:
    """It ends with its slot: begun, or closed."""
    gone = Slot.objects.exclude(pk__in=Slot.objects.to_come().filter(is_open=True).values("pk"))
    SlotWait.objects.filter(slot__in=gone).delete()


def _tell_of(pk: int) -> int:
    rows = Slot.objects.select_for_update(skip_locked=True, no_key=True, of=("self",))
    slot = rows.select_related("offer__company", "offer__commune__department__region").filter(pk=pk).first()
    if slot is None or not notice.open_slots(slot.offer).filter(pk=pk).exists():
        return 0
    waiting = SlotWait.objects.filter(slot=slot)
    now = timezone.now()
    still_choosing = waiting.filter(told_at__gt=now - HEAD_START).count()
    told = 0
    for wait in waiting.untold().for_list():
        if told + still_choosing >= slot.places_left:
            break
        if _has_applied(wait):
            wait.delete()  # They have an answer to come already.
            continue
        wait.told_at = now
        wait.save(update_fields=["told_at"])
        post(emails.freed(wait))
        told += 1
    return told


def _has_applied(wait: SlotWait) -> bool:
    """Beside an application that holds a place on this offer, a freed place is no news."""
    live = Application.objects.filter(candidate=wait.candidate_id, offer=wait.slot.offer_id, status__in=LIVE)
    return live.exclude(status="submitted").exists()
