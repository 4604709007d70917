"""Mechanisms without a domain: rows with a status, their history, and the letters we owe."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from core.rules import only_known


class Stateful(models.Model):
    """A row with a `status` that only `core.workflow.apply` may change.

    Its concrete class declares `status` and a subclass of `Event` related as `events`.
    """

    status: Any
    status_since = models.DateTimeField("dans cet état depuis", default=timezone.now)
    waiting_since = models.DateTimeField(
        "attend depuis", default=timezone.now, help_text="Point de départ des relances."
    )
    wait_step = models.PositiveSmallIntegerField("relances faites", default=0)

    class Meta:
        abstract = True

    def lock(self) -> None:
        """Read this row again and hold it until the transaction ends: others wait, then see."""
        manager = type(self)._base_manager
        self.refresh_from_db(from_queryset=manager.select_for_update(of=("self",), no_key=True))

    def status_for(self, role: str) -> str:
        """The label of the status as `role` reads it: « vous » for whom it is about, a word per reader."""
        return str(self.get_status_display())  # type: ignore[attr-defined]

    def restart_wait(self) -> None:
        """Start the clock of reminders again; the caller saves."""
        self.waiting_since = timezone.now()
        self.wait_step = 0

    def record(
        self,
        transition: str,
        *,
        before: str = "",
        role: str,
        by: Any,
        note: str = "",
        data: dict[str, Any] | None = None,
    ) -> None:
        """Write one line in the life of this row."""
        self.events.create(  # type: ignore[attr-defined]
            transition=transition,
            from_status=before,
            to_status=self.status,
            role=role,
            by=by,
            note=note,
            data=data or {},
        )


class Event(models.Model):
    """One line in the life of a `Stateful` row. Written once, never changed."""

    transition = models.CharField("action", max_length=30)
    from_status = models.CharField("de", max_length=20, blank=True)
    to_status = models.CharField("à", max_length=20)
    role = models.CharField("en tant que", max_length=20)
    note = models.TextField("note", blank=True)
    data = models.JSONField("détail", default=dict, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,  # Who did it outlives the account: accounts are anonymised.
        related_name="+",
        null=True,
        blank=True,
        verbose_name="par",
        help_text="Vide : fait par une tâche automatique.",
    )
    at = models.DateTimeField("le", default=timezone.now)

    class Meta:
        abstract = True
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.transition} ({self.from_status} → {self.to_status})"


class MessageStatus(models.TextChoices):
    QUEUED = "queued", "À envoyer"
    SENDING = "sending", "En cours d’envoi"
    SENT = "sent", "Envoyé"
    FAILED = "failed", "Abandonné"
    USELESS = "useless", "Périmé, pas envoyé"


class OutgoingMessageQuerySet(models.QuerySet["OutgoingMessage"]):
    def due(self) -> Self:
        """Messages a worker may take now, with those whose worker vanished."""
        now = timezone.now()
        return self.filter(
            Q(status="queued", next_attempt_at__lte=now)
            | Q(status="sending", claimed_at__lt=now - OutgoingMessage.LOST_AFTER)
        )

    def in_scopes(self, scopes: Iterable[str]) -> Self:
        """Messages about what happens in these places (`scope`)."""
        return self.filter(scope__in=scopes)


class OutgoingMessage(models.Model):
    """A message we owe someone: the row is the letter, the Celery task only rings the bell.

    `key` says what, about whom, for which change: the same key is never owed twice. What was
    really sent (`subject`, `text`, `html`) is kept beside the frozen `context` it came from,
    except for secrets (log-in codes), which are forgotten once handed over. `scope` is where it
    happens (a department's code): it decides which agents may read it.
    """

    MAX_ATTEMPTS = 6
    LOST_AFTER = dt.timedelta(seconds=settings.OUTBOX_LOST_AFTER)

    Status = MessageStatus

    uuid = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField("clé", max_length=200, unique=True)
    kind = models.CharField("type", max_length=80)
    to = models.EmailField("à")
    to_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="compte",
    )
    scope = models.CharField(
        "territoire", max_length=10, blank=True, help_text="Le département de ce dont il parle."
    )
    context = models.JSONField("contenu", default=dict, blank=True)
    attachments = models.JSONField("pièces jointes", default=list, blank=True)
    is_secret = models.BooleanField("secret", default=False)
    useless_after = models.DateTimeField(
        "inutile après le", null=True, blank=True, help_text="Vide : il partira même tard."
    )
    subject = models.CharField("objet", max_length=250, blank=True)
    text = models.TextField("texte", blank=True)
    html = models.TextField("html", blank=True)
    status = models.CharField("état", max_length=10, choices=Status, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    repeats = models.PositiveSmallIntegerField(
        "remises répétées", default=0, help_text="Reprises après un travailleur disparu."
    )
    created_at = models.DateTimeField("créé le", default=timezone.now)
    next_attempt_at = models.DateTimeField("prochain essai", default=timezone.now)
    claimed_at = models.DateTimeField("pris le", null=True, blank=True)
    sent_at = models.DateTimeField("envoyé le", null=True, blank=True)
    provider_id = models.CharField("référence du prestataire", max_length=200, blank=True)
    error = models.TextField("erreur", blank=True)

    objects = OutgoingMessageQuerySet.as_manager()

    class Meta:
        verbose_name = "message"
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                "next_attempt_at",
                name="outgoing_message_unsent",
                condition=Q(status__in=["queued", "sending"]),
            ),
            models.Index(F("created_at").desc(), name="outgoing_message_recent"),
        ]
        constraints = [
            only_known("status", MessageStatus, model="outgoing_message"),
            models.CheckConstraint(
                name="outgoing_message_sent_has_date",
                condition=Q(status="sent", sent_at__isnull=False)
                | (~Q(status="sent") & Q(sent_at__isnull=True)),
                violation_error_message="Un message envoyé a une date d’envoi, et lui seul.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} n° {self.pk}"


class ReceivedMail(models.Model):
    """The demo's mailbox: what a provider would have received (see `core.mailbox`)."""

    message_id = models.CharField(max_length=200, blank=True)
    to = models.EmailField("à", db_index=True)
    subject = models.CharField("objet", max_length=250)
    text = models.TextField("texte")
    html = models.TextField("html", blank=True)
    attachments = models.JSONField("pièces jointes", default=list)
    headers = models.JSONField("en-têtes", default=dict)
    at = models.DateTimeField("reçu le", default=timezone.now)

    class Meta:
        verbose_name = "courriel de démonstration"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"courriel {self.pk}"
