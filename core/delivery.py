"""How a letter of the outbox leaves: claimed by one worker, rendered, handed over, recorded.

`hand_over()` renders the three templates `emails/<kind>.{subject.txt,txt,html}` from the frozen
context and gives the result to the provider, always under the same Message-ID.
"""

import base64
import datetime as dt
from dataclasses import dataclass
from typing import Any, cast

from anymail.message import AnymailMessage
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.template import Context, Engine, engines
from django.template.backends.django import DjangoTemplates
from django.utils import timezone

from core import attachments, french
from core.models import MessageStatus, OutgoingMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    subject: str
    text: str
    html: str


def render(row: OutgoingMessage) -> Rendered:
    """The words of a message, from its frozen context: the same now and in a year."""
    context = {"site_url": settings.SITE_URL, **row.context}
    subject = _words(f"emails/{row.kind}.subject.txt", context, is_html=False)
    return Rendered(
        subject=" ".join(subject.split())[:250],  # One line: no header can be slipped in.
        text=_words(f"emails/{row.kind}.txt", context, is_html=False).strip() + "\n",
        html=french.kept_together(_words(f"emails/{row.kind}.html", context, is_html=True)),
    )


def _words(name: str, context: dict[str, Any], *, is_html: bool) -> str:
    """Render one template; only HTML is escaped, a text says « Chaux & Fils » as it is."""
    template = _engine().get_template(name)
    return template.render(Context(context, autoescape=is_html))


def _engine() -> Engine:
    [backend] = engines.all()
    return cast(DjangoTemplates, backend).engine


@transaction.atomic
def claim(pk: int) -> OutgoingMessage | None:
    """Take one message for the calling worker; None when it is gone, done or taken."""
    row = OutgoingMessage.objects.due().select_for_update(skip_locked=True).filter(pk=pk).first()
    if row is None:
        return None
    if row.useless_after and row.useless_after < timezone.now():
        row.status = MessageStatus.USELESS
        forget(row)
        row.save()
        return None
    if row.status == MessageStatus.SENDING:
        row.repeats += 1
    row.status = MessageStatus.SENDING
    row.claimed_at = timezone.now()
    row.attempts += 1
    row.save()
    return row


def hand_over(row: OutgoingMessage) -> str:
    """Give the message to the provider; return the provider's own reference for it."""
    words = render(row)
    row.subject, row.text, row.html = words.subject, words.text, words.html
    mail = AnymailMessage(
        words.subject,
        words.text,
        to=[row.to],
        headers={
            "Auto-Submitted": "auto-generated",
            "Message-ID": f"<{row.uuid}@{settings.SITE_URL.split('//')[-1].split(':')[0]}>",
        },
        tags=[row.kind],
        metadata={"outgoing_message": str(row.uuid)},
    )
    mail.attach_alternative(words.html, "text/html")
    for part in row.attachments:
        mail.attach(part["name"], content_of(part), part["type"])
    mail.send()
    return (getattr(mail.anymail_status, "message_id", None) or "")[:200]


def content_of(part: dict[str, str]) -> str | bytes:
    """The content of an attachment: text as it is, bytes in base64, or what is made now."""
    if "maker" in part:
        return attachments.made(part["maker"], part["about"])
    return part["text"] if "text" in part else base64.b64decode(part["base64"])


def mark_sent(row: OutgoingMessage, provider_id: str) -> None:
    row.status, row.sent_at = MessageStatus.SENT, timezone.now()
    row.provider_id, row.error = provider_id, ""
    keep(row)


@transaction.atomic
def keep(row: OutgoingMessage) -> None:
    """Write down what became of a letter. While it was in our hands, its person may have left:
    then it is gone and stays so, or has become a secret.
    """
    now = OutgoingMessage.objects.select_for_update().filter(pk=row.pk).only("is_secret").first()
    if now is None:
        return
    row.is_secret = now.is_secret
    if row.is_secret and row.status != MessageStatus.QUEUED:
        forget(row)
    row.save(force_update=True)


def forget(row: OutgoingMessage) -> None:
    """A secret is not kept once it left: whoever reads the outbox later cannot use it."""
    row.context, row.attachments = {}, []
    row.subject, row.text, row.html = "", "(contenu secret effacé après l’envoi)", ""


def retry_later(row: OutgoingMessage, error: Exception) -> None:
    """1, 4, 16, 64 and 256 minutes later; then a human reads about it."""
    if row.attempts >= OutgoingMessage.MAX_ATTEMPTS:
        give_up(row, error)
        return
    row.status, row.error = MessageStatus.QUEUED, str(error)
    delay = dt.timedelta(minutes=4 ** (row.attempts - 1))
    row.next_attempt_at = timezone.now() + delay
    keep(row)


def give_up(row: OutgoingMessage, error: Exception) -> None:
    row.status, row.error = MessageStatus.FAILED, str(error)
    keep(row)


def waiting() -> dict[str, Any]:
    """How many messages wait, and since when the oldest should have left (for /sante/)."""
    rows = OutgoingMessage.objects.filter(
        Q(status="queued", next_attempt_at=F("created_at")) | Q(status="sending")
    )
    oldest = rows.order_by("created_at").values_list("created_at", flat=True).first()
    age = (timezone.now() - oldest).total_seconds() if oldest else 0
    return {"waiting": rows.count(), "oldest_seconds": round(age)}
