"""Messages: written with the data they speak of, sent once that data is safe.

`post()` writes the letter in the caller's transaction. After the commit a Celery task is nudged;
if the broker is down, or the worker is killed, beat's sweep finds the row. `core.delivery` renders
the three templates `emails/<kind>.{subject.txt,txt,html}` from the frozen context, in the worker.
"""

import datetime as dt
import logging
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from core import bell
from core.models import MessageStatus, OutgoingMessage
from core.rules import RuleBroken
from core.tasks import send_message

logger = logging.getLogger(__name__)
UNSENT = (MessageStatus.QUEUED, MessageStatus.SENDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is owed to whom. `context` holds only text, numbers, lists and dicts (it is frozen
    as JSON); `key` says what, about whom, for which change.
    """

    kind: str
    to: str
    key: str
    context: dict[str, Any]
    to_user: Any = None
    attachments: list[dict[str, str]] = field(default_factory=list)
    is_secret: bool = False
    useless_after: dt.datetime | None = None
    """What it says is worth nothing from then on (a code): it is not sent any more."""
    scope: str = ""
    """The department (its code) of what the message speaks of: its agents may read it."""


def post(message: Message) -> OutgoingMessage:
    """Put `message` in the outbox, in the caller's transaction; once for one key."""
    new = OutgoingMessage(
        kind=message.kind,
        to=message.to,
        key=message.key,
        to_user=message.to_user,
        context=message.context,
        attachments=message.attachments,
        is_secret=message.is_secret,
        useless_after=message.useless_after,
        scope=message.scope,
    )
    OutgoingMessage.objects.bulk_create([new], ignore_conflicts=True)
    row = OutgoingMessage.objects.get(key=message.key)
    if row.uuid == new.uuid:
        ring_after_commit(row.pk)
    return row


@transaction.atomic
def send_again(row: OutgoingMessage, *, by: Any) -> None:
    """An agent has read why it was given up, and tries once more: as many tries as the first time."""
    given_up = OutgoingMessage.objects.filter(pk=row.pk, status=MessageStatus.FAILED)
    if given_up.filter(Q(is_secret=True) | Q(context={}, text__gt="")).exists():
        raise RuleBroken("Son contenu est effacé : il ne peut plus partir.", code="forgotten")
    now = timezone.now()
    if not given_up.update(status=MessageStatus.QUEUED, attempts=0, next_attempt_at=now, error=""):
        raise RuleBroken("Il n’est pas abandonné : rien à renvoyer.", code="not_failed")
    ring_after_commit(row.pk)
    logger.info("message sent again", extra={"outgoing_message": row.pk, "by": by.pk})


def ring_after_commit(pk: int) -> None:
    """Ring the bell once the letter is safe; a bell that fails is swept up later."""

    def ring() -> None:  # Not a partial(): a robust hook that fails is logged by its name.
        bell.ring(send_message, pk)

    transaction.on_commit(ring, robust=True)


def forget_letters(about: QuerySet[OutgoingMessage], *, words: str) -> None:
    """Empty the letters that speak of someone who leaves. Those still to say will be said to
    whom they are owed, then forgotten like a secret.
    """
    about.filter(status__in=UNSENT).update(is_secret=True)
    about.exclude(status__in=UNSENT).update(context={}, attachments=[], subject=words, text=words, html="")


def ics(name: str, content: str, *, method: str) -> dict[str, str]:
    """An attachment that calendar programs read: `method` is REQUEST or CANCEL. Django itself says
    the charset; said twice, the header would be faulty.
    """
    return {"name": name, "type": f"text/calendar; method={method}", "text": content}
