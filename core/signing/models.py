"""What any signed document is made of: a frozen text, who must sign it, who did, and the codes.

Abstract: a room makes its own tables of them, and declares

- on its `FrozenText`: `has_a_hash()` and `never_changed()`;
- on its `SignatoryBase`: `role`, related as `signatories`;
- on its `SignatureBase`: `role`, `version` (related as `signatures`), `signatory`, the constraints of
  `SignatureBase.Meta` with its own, and `never_changed()`;
- on its `SigningCodeBase`: `signatory` and `version`.
"""

import datetime as dt
import json
import secrets
from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.rules import only_known
from core.signing.evidence import Evidence
from core.tokens import new_token
from core.verification import new_verification_code


class Method(models.TextChoices):
    ACCOUNT = "account", "Depuis son compte"
    CODE = "code", "Par un code envoyé à son adresse"
    PAPER = "paper", "Sur papier, copie jointe"


def never_changed(name: str) -> pgtrigger.Protect:
    """For `triggers`: the database refuses every UPDATE."""
    return pgtrigger.Protect(name=f"{name}_is_never_changed", operation=pgtrigger.Update)


def has_a_hash(name: str, *, message: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"{name}_has_a_hash",
        condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
        violation_error_message=message,
    )


def on_paper_has_its_copy(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"{name}_on_paper_has_its_copy",
        condition=(Q(method="paper", recorded_by__isnull=False) & ~Q(scan=""))
        | (~Q(method="paper") & Q(recorded_by__isnull=True, scan="")),
        violation_error_message="Une signature sur papier a sa copie, et qui l’a enregistrée.",
    )


def copy_is_known(name: str) -> models.CheckConstraint:
    """Whose hand laid the copy down, and which bytes it was made of."""
    return models.CheckConstraint(
        name=f"{name}_copy_is_known",
        condition=(Q(method="paper", scan_sha256__regex=r"^[0-9a-f]{64}$") & ~Q(recorded_name=""))
        | (~Q(method="paper") & Q(scan_sha256="", recorded_name="")),
        violation_error_message="Une copie a une empreinte, et le nom de qui l’a déposée.",
    )


class FrozenText(models.Model):
    """A canonical text and its hash. Written once, never changed."""

    # The titles of the columns, for texts whose tables do not carry their own `table_head`.
    TABLE_HEAD: list[str] = []

    text = models.TextField("texte canonique", help_text="JSON : ce qui est signé, et rien d’autre.")
    sha256 = models.CharField("empreinte", max_length=64)
    frozen_at = models.DateTimeField("figée le", default=timezone.now)
    code = models.CharField("code de vérification", max_length=19, unique=True, default=new_verification_code)

    class Meta:
        abstract = True

    @property
    def content(self) -> dict[str, Any]:
        """The words, as the page and the PDF show them (see `core.signing.canonical`)."""
        content = json.loads(self.text)
        for section in content["sections"]:
            section.setdefault("table_head", self.TABLE_HEAD)
        return content


class SignatoryBase(models.Model):
    """Someone whose signature is needed, and the link that they receive."""

    role: Any
    name = models.CharField("nom", max_length=160)
    email = models.EmailField("adresse")
    token = models.CharField("jeton", max_length=40, unique=True, default=new_token, editable=False)
    is_needed = models.BooleanField(
        "doit signer", default=True, help_text="Faux : le texte a changé, sa signature n’est plus utile."
    )

    class Meta:
        abstract = True

    @property
    def masked_email(self) -> str:
        """« j…@exemple.fr »: enough to know which mailbox."""
        name, _, domain = self.email.partition("@")
        return f"{name[:1]}…@{domain}"


def scan_name(signature: "SignatureBase", name: str) -> str:
    """Nothing of what the sender typed: a random name, the type that the content says."""
    return f"scans/{secrets.token_urlsafe(16)}.{name.rsplit('.', 1)[-1]}"


class SignatureBase(models.Model):
    """Who agreed to which text, when and how: facts of the server. Written once, never changed."""

    role: Any
    name = models.CharField("nom", max_length=160)
    email = models.EmailField("adresse")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="compte",
    )
    method = models.CharField("comment", max_length=8, choices=Method)
    signed_at = models.DateTimeField("signée le", default=timezone.now, editable=False)
    ip_hash = models.CharField("empreinte de l’adresse IP", max_length=64, blank=True)
    agent_hash = models.CharField("empreinte du navigateur", max_length=64, blank=True)
    is_entitled = models.BooleanField("habilité à engager l’entreprise", default=False)
    scan = models.FileField("copie", upload_to=scan_name, blank=True, max_length=120)
    scan_sha256 = models.CharField("empreinte de la copie", max_length=64, blank=True, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="enregistrée par",
    )
    recorded_name = models.CharField(
        "copie déposée par",
        max_length=160,
        blank=True,
        editable=False,
        help_text="Le nom de ce jour-là : il reste dans la preuve.",
    )

    class Meta:
        abstract = True
        ordering = ["signed_at", "pk"]
        constraints = [
            only_known("method", Method, model="%(class)s"),
            models.UniqueConstraint(
                name="%(class)s_once_per_role",
                fields=["version", "role"],
                violation_error_message="C’est déjà signé.",
            ),
            on_paper_has_its_copy("%(class)s"),
            copy_is_known("%(class)s"),
        ]

    @classmethod
    def by(cls, signatory: "SignatoryBase", version: "FrozenText", evidence: Evidence, **more: Any) -> Self:
        """A signature of this person, that the room's action has still to keep; `more` says how."""
        theirs = {"role": signatory.role, "name": signatory.name, "email": signatory.email}
        marks = {"ip_hash": evidence.ip_hash, "agent_hash": evidence.agent_hash}
        return cls(signatory=signatory, version=version, **{**theirs, **marks, **more})

    @property
    def how(self) -> str:
        """« Sur papier, copie déposée par Claire Weber », in the words of the page and of the evidence."""
        if self.recorded_name:
            return f"Sur papier, copie déposée par {self.recorded_name}"
        return Method(self.method).label


class SigningCodeBase(models.Model):
    """A code mailed to one signatory for one text: 15 minutes, five tries, once."""

    LASTS = dt.timedelta(minutes=15)
    TRIES = 5

    code_hash = models.CharField("empreinte du code", max_length=64)
    created_at = models.DateTimeField("envoyé le", default=timezone.now)
    tries = models.PositiveSmallIntegerField("essais faux", default=0)
    used_at = models.DateTimeField("utilisé le", null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["-created_at", "-pk"]

    @property
    def is_live(self) -> bool:
        """May it still be typed?"""
        is_recent = timezone.now() < self.created_at + self.LASTS
        return is_recent and self.used_at is None and self.tries < self.TRIES
