"""A provider that takes its time: there is a moment to be killed in, before its yes and after."""

import time
from collections.abc import Sequence

from django.core.mail.message import EmailMessage

from core.mailbox import MailboxBackend

BEFORE, AFTER = 0.06, 0.03  # Seconds.


class SlowMailbox(MailboxBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        time.sleep(BEFORE)
        sent = super().send_messages(email_messages)
        time.sleep(AFTER)
        return sent
