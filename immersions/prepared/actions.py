"""An advisor prepares, the person sends: one function per decision.

The order of locks: offer, prepared application, then those of `applications.actions`.
"""

import datetime as dt
import logging
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from accounts.roles import ADVISOR, CANDIDATE
from candidates.models import Candidate
from candidates.structures.models import Following
from core.outbox import post
from core.rules import RuleBroken, constraints_speak
from core.workflow import SYSTEM, apply, check
from immersions.applications.actions import submit_application
from immersions.applications.models import Application
from immersions.applications.workflow import LIVE
from immersions.offers import notice
from immersions.offers.models import DateMode, Offer, Slot
from immersions.offers.workflow import OfferStatus
from immersions.prepared import emails
from immersions.prepared.models import PreparedApplication
from immersions.prepared.workflow import CONFIRM, EXPIRE, PREPARE, REFUSE, TAKE_BACK

logger = logging.getLogger(__name__)


@transaction.atomic
def prepare_application(
    offer: Offer,
    *,
    candidate: Candidate,
    by: User,
    slots: Sequence[Slot] = (),
    weeks: Sequence[dt.date] = (),
    why: str = "",
    experience: str = "",
    needs: str = "",
) -> PreparedApplication:
    """« Je vous ai préparé cette candidature. » Only for someone whom one accompanies."""
    if not Following.objects.seen_by(by).followed().filter(candidate=candidate).exists():
        raise PermissionDenied
    if offer.status != OfferStatus.PUBLISHED:
        raise RuleBroken("Cette offre ne reçoit plus de candidatures.", code="offer_closed")
    if any(slot.offer_id != offer.pk for slot in slots):
        raise RuleBroken("Ce créneau n’est pas de cette offre.", code="slot_of_another_offer")
    if offer.date_mode == DateMode.SLOTS and not slots:
        raise RuleBroken("Choisissez au moins un créneau.", code="no_slot")
    if Application.objects.filter(candidate=candidate, offer=offer, status__in=LIVE).exists():
        raise RuleBroken("Cette personne a déjà une candidature en cours sur cette offre.", code="live")
    prepared = PreparedApplication(
        candidate=candidate,
        offer=offer,
        prepared_by=by,
        weeks=sorted(weeks),
        why=why,
        experience=experience,
        needs=needs,
    )
    with constraints_speak(PreparedApplication):
        prepared.save()
    prepared.slots.set(slots)
    prepared.record(PREPARE, role=ADVISOR, by=by)
    post(emails.prepared(prepared))
    logger.info("application prepared", extra={"prepared": prepared.pk})
    return prepared


@transaction.atomic
def confirm_prepared(prepared: PreparedApplication, *, by: User) -> Application:
    """« Oui, envoyez-la. » From here on it is the person's own application."""
    _check_theirs(prepared, by)
    prepared.offer.lock()
    prepared.lock()
    check(CONFIRM, prepared, role=CANDIDATE)
    free = notice.open_slots(prepared.offer)
    slots = list(prepared.slots.filter(pk__in=free.values("pk")).order_by("first_day", "pk"))
    prepared.application = submit_application(
        prepared.offer,
        candidate=prepared.candidate,
        by=by,
        slots=slots,
        weeks=prepared.weeks,
        why=prepared.why,
        experience=prepared.experience,
        needs=prepared.needs,
    )
    apply(CONFIRM, prepared, role=CANDIDATE, by=by, data={"application": prepared.application_id})
    post(emails.confirmed(prepared))
    return prepared.application


@transaction.atomic
def refuse_prepared(prepared: PreparedApplication, *, by: User) -> None:
    """« Non, pas celle-là. »"""
    _check_theirs(prepared, by)
    prepared.lock()
    apply(REFUSE, prepared, role=CANDIDATE, by=by)
    post(emails.not_sent(prepared, is_expired=False))


@transaction.atomic
def take_back_prepared(prepared: PreparedApplication, *, by: User) -> None:
    """The advisor, or a colleague who accompanies the person too, changes their mind."""
    if not PreparedApplication.objects.followed_by(by).filter(pk=prepared.pk).exists():
        raise PermissionDenied
    prepared.lock()
    apply(TAKE_BACK, prepared, role=ADVISOR, by=by)


def _check_theirs(prepared: PreparedApplication, by: User) -> None:
    if prepared.candidate.user_id != by.pk:
        raise PermissionDenied


# --- Time: on a row that the sweep holds -----------------------------------------------------------
def remind(prepared: PreparedApplication, *, number: int) -> None:
    post(emails.prepared(prepared, number=number))


def escalate(prepared: PreparedApplication) -> None:
    """The advisor may call."""
    post(emails.still_waiting(prepared))


@transaction.atomic
def expire_prepared(prepared: PreparedApplication) -> None:
    apply(EXPIRE, prepared, role=SYSTEM, by=None)
    post(emails.not_sent(prepared, is_expired=True))
