"""The demo's mail provider: it writes to the database, and a page reads like an inbox."""

import base64
from collections.abc import Sequence

from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage

from core.models import ReceivedMail


class MailboxBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            for to in message.recipients():
                ReceivedMail.objects.create(
                    message_id=message.extra_headers.get("Message-ID", ""),
                    to=to,
                    subject=message.subject,
                    text=message.body,
                    html=_html(message),
                    attachments=[_kept(part) for part in message.attachments],
                    headers=message.extra_headers,
                )
        return len(email_messages)


def _html(message: EmailMessage) -> str:
    parts = getattr(message, "alternatives", [])
    return next((str(part.content) for part in parts if part.mimetype == "text/html"), "")


def _kept(part) -> dict[str, str]:
    name, content, mimetype = part
    raw = content.encode() if isinstance(content, str) else content
    return {"name": name, "type": mimetype, "base64": base64.b64encode(raw).decode()}
