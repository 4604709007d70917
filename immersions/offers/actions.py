"""What happens to an offer between its last answer and its end: one function per decision.

`immersions.offers.writing` holds what its company writes in it.
"""

import logging
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import AGENT, COMPANY
from core.outbox import post
from core.rules import RuleBroken, constraints_speak
from core.workflow import SYSTEM, Transition, apply, check
from immersions.applications.actions import close_applications_of
from immersions.needs.joining import join_need, leave_need
from immersions.offers import emails, needs
from immersions.offers.models import Offer, OfferEvent, Slot
from immersions.offers.publication import (
    covered,
    may_be_published,
    uncovered,
    what_is_missing,
)
from immersions.offers.steps import unanswered
from immersions.offers.workflow import (
    ACCEPT,
    CLOSE,
    HOLD,
    PAUSE,
    PUBLISH_AGAIN,
    SEND_BACK,
    SUBMIT,
    OfferStatus,
)

logger = logging.getLogger(__name__)
SWEEP_BATCH = 500  # Some ten seconds: well under the time limit of a task.


@transaction.atomic
def submit_offer(offer: Offer, *, by: User, role: str = COMPANY) -> None:
    """« Envoyer l’offre. » A trusted company's is decided at once, the others' by an agent."""
    offer.lock()
    check(SUBMIT, offer, role=role)
    lacking = unanswered(offer)
    if lacking:
        raise RuleBroken(" ".join(sentence for _, sentence in lacking), code="unanswered")
    _move(SUBMIT, offer, role=role, by=by)
    if offer.company.is_trusted:
        _publish_or_hold(offer, ACCEPT, role=SYSTEM, by=None)


@transaction.atomic
def accept_offer(offer: Offer, *, by: User) -> None:
    """« Cette offre peut paraître » : published if rule 1 holds, else awaiting a training."""
    offer.lock()
    check(ACCEPT, offer, role=AGENT)
    _publish_or_hold(offer, ACCEPT, role=AGENT, by=by)


@transaction.atomic
def send_back_offer(offer: Offer, *, by: User, reason: str) -> None:
    """« À revoir » : a draft again, and the company reads why."""
    offer.lock()
    event = _move(SEND_BACK, offer, role=AGENT, by=by, note=reason)
    _tell(offer, event, emails.sent_back)


@transaction.atomic
def pause_offer(offer: Offer, *, by: User, role: str = COMPANY, reason: str = "") -> None:
    """Nobody new may ask; what is booked stays booked."""
    offer.lock()
    event = _move(PAUSE, offer, role=role, by=by, note=reason)
    if role == AGENT:
        _tell(offer, event, emails.stopped)


@transaction.atomic
def resume_offer(offer: Offer, *, by: User, role: str = COMPANY) -> None:
    """Out of the pause: published again if rule 1 still holds."""
    offer.lock()
    if offer.status != OfferStatus.PAUSED:  # Only the catalogue ends « en attente de formation ».
        check(PUBLISH_AGAIN, offer, role=role)
        raise RuleBroken(what_is_missing(offer) or "Cette offre n’est pas en pause.", code="not_paused")
    _publish_or_hold(offer, PUBLISH_AGAIN, role=role, by=by)


@transaction.atomic
def close_offer(offer: Offer, *, by: User, role: str = COMPANY, reason: str = "") -> None:
    """The end: its slots close, those who wait for an answer are told, bookings stand."""
    offer.lock()
    event = _move(CLOSE, offer, role=role, by=by, note=reason)
    close_applications_of(offer, by=by)  # Before the slots: who books locks in that order.
    Slot.objects.filter(offer=offer, is_open=True).update(is_open=False)
    if role == AGENT:
        _tell(offer, event, emails.stopped)


@transaction.atomic
def allow_long_stay(offer: Offer, *, by: User) -> None:
    """An agent lets this offer last longer than five days, never past one month."""
    offer.lock()
    if not offer.needs_agreement:
        raise RuleBroken("Une visite dure une demi-journée.", code="visit")
    offer.long_stay_allowed_by = by
    with constraints_speak(Offer):
        offer.save(update_fields=["long_stay_allowed_by"])
    offer.record("allow_long_stay", before=offer.status, role=AGENT, by=by)


def refresh_publication() -> int:
    """Follow the catalogue: what lost its last session waits, what found one is published again.

    Finding them costs two queries per region whatever the number of offers; each one that moves
    does it in its own transaction, so that one refusal stops nobody. Returns how many moved: as
    many as `SWEEP_BATCH` means that there may be more.
    """
    lost = uncovered(Offer.objects.filter(status=OfferStatus.PUBLISHED))
    found = covered(Offer.objects.filter(status=OfferStatus.AWAITING_TRAINING))
    keys = [pk for offers in (*lost, *found) for pk in offers.values_list("pk", flat=True)]
    return sum(_refresh(pk) for pk in keys[:SWEEP_BATCH])


@transaction.atomic
def _refresh(pk: int) -> int:
    """Look again under the lock; someone at work on that offer goes first, we come back later."""
    rows = Offer.objects.select_for_update(skip_locked=True, of=("self",), no_key=True)
    offer = rows.filter(pk=pk).first()
    return int(offer is not None and follow_catalogue(offer))


def follow_catalogue(offer: Offer) -> bool:
    """Move a locked offer to where rule 1 says that it stands. Did it move?"""
    is_covered = may_be_published(offer)
    if offer.status == OfferStatus.PUBLISHED and not is_covered:
        _hold(offer, role=SYSTEM, by=None)
    elif offer.status == OfferStatus.AWAITING_TRAINING and is_covered:
        _publish_or_hold(offer, PUBLISH_AGAIN, role=SYSTEM, by=None)
    else:
        return False
    return True


def _publish_or_hold(offer: Offer, publish: Transition, *, role: str, by: User | None) -> None:
    if not may_be_published(offer):
        _hold(offer, role=role, by=by)
        return
    offer.published_at = offer.published_at or timezone.now()
    event = _move(publish, offer, role=role, by=by)
    if role != COMPANY:  # Who does it on this page reads it on this page.
        _tell(offer, event, emails.published)


def _hold(offer: Offer, *, role: str, by: User | None) -> None:
    missing = what_is_missing(offer)
    event = _move(HOLD, offer, role=role, by=by, note=missing)
    join_need(offer, missing=missing)
    _tell(offer, event, emails.awaiting_training)


def _move(transition: Transition, offer: Offer, *, role: str, by: User | None, note: str = "") -> OfferEvent:
    """Make the move on a locked offer; the tasks that its former status had opened are done."""
    before = offer.status
    with constraints_speak(Offer):
        apply(transition, offer, role=role, by=by, note=note)
    needs.close_tasks_of(offer, left=before, by=by)
    if before == OfferStatus.AWAITING_TRAINING != offer.status:
        leave_need(offer, by=by)
    logger.info("offer %s", transition.name, extra={"offer_id": offer.pk, "role": role})
    return offer.events.order_by("pk").last()


def _tell(offer: Offer, event: OfferEvent, letter: Callable) -> None:
    for message in emails.to_each(offer, event, letter):
        post(message)


def escalate_reading(offer: Offer) -> None:
    """Nobody read it within the days of its Region: it stands on the agents' list."""
    needs.open_reading(offer)
