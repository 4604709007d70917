"""What is written now by the real actions, and was done some days ago in the story."""

import base64
import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any
from unittest import mock

from django.db import connection, models
from django.db.models import DateTimeField, Max, QuerySet
from django.utils import timezone

from core import delivery
from core.models import MessageStatus, OutgoingMessage, ReceivedMail
from traitdunion.demo.tables import chance

FIRST_HOUR, MINUTES_OF_A_DAY = 9, 8 * 60
SECOND = dt.timedelta(seconds=1)


class Past:
    """Moves what was written since it was made, and only that, to a moment of the story."""

    def __init__(self) -> None:
        self.started = timezone.now()
        self.last_message = _last_message()

    def moment(self, days_ago: int, key: str) -> dt.datetime:
        """In working hours of that day; for today, within the last hour, which began after midnight."""
        if not days_ago:
            midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
            return max(midnight, timezone.now() - dt.timedelta(minutes=5 + chance(key, 50)))
        day = timezone.localdate() - dt.timedelta(days=days_ago)
        hour = timezone.make_aware(dt.datetime.combine(day, dt.time(FIRST_HOUR)))
        return hour + dt.timedelta(minutes=chance(key, MINUTES_OF_A_DAY))

    @contextmanager
    def at(self, moment: dt.datetime) -> Iterator[None]:
        """The site's clock stands at `moment`, for what its rules would refuse today."""
        with mock.patch.object(timezone, "now", return_value=moment):
            yield

    def move(self, to: dt.datetime, model: type[models.Model], column: str, *keys: int) -> None:
        """Every moment of these rows that is of this loading goes back; older ones stay."""
        values: list[Any] = [self.started, to - timezone.now()] * len(_moments(model)) + [list(keys)]
        moved = ", ".join(
            f"{name} = CASE WHEN {name} >= %s THEN {name} + %s ELSE {name} END" for name in _moments(model)
        )
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {model._meta.db_table} SET {moved} WHERE {column} = ANY(%s)",  # noqa: S608 - our names.
                values,
            )

    def messages(self) -> QuerySet[OutgoingMessage]:
        """The letters owed since this was made. A secret is for who waits for it now."""
        return OutgoingMessage.objects.filter(pk__gt=self.last_message, is_secret=False)

    def move_messages(self, to: dt.datetime, *, answer_by: str = "") -> None:
        """The letters of the last step; `answer_by` is the day that they say, counted from then."""
        fresh = list(self.messages().filter(created_at__gte=self.started))
        self.move(to, OutgoingMessage, "id", *(row.pk for row in fresh))
        for row in fresh:
            if answer_by and "answer_by" in row.context:
                OutgoingMessage.objects.filter(pk=row.pk).update(
                    context=row.context | {"answer_by": answer_by}
                )

    def deliver(self) -> int:
        """What the story's people received already: in their mailboxes, at its own date."""
        due = list(self.messages().filter(status=MessageStatus.QUEUED))
        mails = [_sent(row) for row in due]
        fields = ("subject", "text", "html", "status", "sent_at", "attempts", "claimed_at")
        OutgoingMessage.objects.bulk_update(due, fields, batch_size=200)
        ReceivedMail.objects.bulk_create(mails, batch_size=200)
        return len(due)


@cache
def _moments(model: type[models.Model]) -> list[str]:
    return [field.column for field in model._meta.concrete_fields if isinstance(field, DateTimeField)]


def _last_message() -> int:
    return OutgoingMessage.objects.aggregate(last=Max("pk"))["last"] or 0


def _sent(row: OutgoingMessage) -> ReceivedMail:
    words = delivery.render(row)
    row.subject, row.text, row.html = words.subject, words.text, words.html
    row.status, row.attempts = MessageStatus.SENT, 1
    row.claimed_at, row.sent_at = row.created_at + SECOND, row.created_at + 2 * SECOND
    return ReceivedMail(
        message_id=f"<{row.uuid}@demo.example>",
        to=row.to,
        subject=row.subject,
        text=row.text,
        html=row.html,
        attachments=[
            {"name": part["name"], "type": part["type"], "base64": _base64(part)} for part in row.attachments
        ],
        headers={"Auto-Submitted": "auto-generated"},
        at=row.sent_at,
    )


def _base64(part: dict[str, str]) -> str:
    content = delivery.content_of(part)
    return base64.b64encode(content.encode() if isinstance(content, str) else content).decode()
