"""What the workers do for everybody: hand messages over, sweep what was left, watch the clock."""

import logging

from anymail.exceptions import AnymailInvalidAddress, AnymailRecipientsRefused
from celery import shared_task
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from core import delivery, waits
from core.models import MessageStatus, OutgoingMessage

logger = logging.getLogger(__name__)

# The address itself is wrong: trying again would only annoy the provider.
HOPELESS = (AnymailInvalidAddress, AnymailRecipientsRefused)
LEVEL = {
    MessageStatus.SENT: logging.INFO,
    MessageStatus.QUEUED: logging.WARNING,
    MessageStatus.FAILED: logging.ERROR,
}
SWEEP_BATCH = 500
WORKER_HEARTBEAT = "heartbeat:worker"


@shared_task
def send_message(pk: int) -> None:
    """Send one message of the outbox. Calling it twice sends once."""
    row = delivery.claim(pk)
    if row is None:
        return
    try:
        provider_id = delivery.hand_over(row)
    except HOPELESS as error:
        delivery.give_up(row, error)
    except Exception as error:  # noqa: BLE001 - ours too (words that do not render): never tried for ever.
        delivery.retry_later(row, error)
    else:
        delivery.mark_sent(row, provider_id)
    # The error itself stays in the row: a provider's answer quotes the address.
    logger.log(
        LEVEL[MessageStatus(row.status)],
        "message %s",
        row.status,
        extra={"outgoing_message": row.pk, "kind": row.kind, "attempts": row.attempts},
    )


@shared_task
def sweep_outbox() -> None:
    """Ring again for every message that is due: broker down, worker killed, provider busy.

    These bells expire with the next sweep: while many messages wait, bells for the same ones must
    not pile up before the others.
    """
    due = OutgoingMessage.objects.due().order_by("next_attempt_at").values_list("pk", flat=True)
    for pk in due[:SWEEP_BATCH]:
        send_message.apply_async((pk,), expires=settings.OUTBOX_SWEEP_EVERY)


@shared_task
def sweep_waits() -> None:
    """Remind, escalate and end what has waited too long, in every lifecycle."""
    waits.sweep_all()


@shared_task
def note_heartbeat() -> None:
    """The worker is alive: `/sante/` reads it."""
    cache.set(WORKER_HEARTBEAT, timezone.now().timestamp(), timeout=None)
