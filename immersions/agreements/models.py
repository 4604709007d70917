"""An agreement, what each party writes in it, its frozen versions, and who signed them."""

import datetime as dt
import secrets

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User, new_token
from accounts.roles import ADVISOR, CANDIDATE, COMPANY
from candidates.structures.models import SupportStructure
from core.models import Event, Stateful
from core.rules import only_known
from immersions.agreements.queries import AgreementQuerySet
from immersions.agreements.workflow import (
    EMPLOYER,
    FROZEN,
    LIVE,
    REPRESENTATIVE,
    STRUCTURE,
    AgreementStatus,
)
from immersions.applications.models import Application
from immersions.verification import new_verification_code


class Party(models.TextChoices):
    """Who fills a part; the same names as the roles."""

    CANDIDATE = CANDIDATE, "Bénéficiaire"
    COMPANY = COMPANY, "Structure d’accueil"
    ADVISOR = ADVISOR, "Organisme prescripteur"


class SignatoryRole(models.TextChoices):
    """Who signs, in the order of the text."""

    CANDIDATE = CANDIDATE, "Bénéficiaire"
    REPRESENTATIVE = REPRESENTATIVE, "Représentant légal"
    EMPLOYER = EMPLOYER, "Employeur actuel"
    COMPANY = COMPANY, "Structure d’accueil"
    STRUCTURE = STRUCTURE, "Structure d’accompagnement"
    ADVISOR = ADVISOR, "Organisme prescripteur"


class Method(models.TextChoices):
    ACCOUNT = "account", "Depuis son compte"
    CODE = "code", "Par un code envoyé à son adresse"
    PAPER = "paper", "Sur papier, copie jointe"


class Agreement(Stateful):
    """The act of an immersion. One live agreement per application."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="agreements", verbose_name="candidature"
    )
    status = models.CharField("état", max_length=20, choices=AgreementStatus, default=AgreementStatus.DRAFT)
    structure = models.ForeignKey(
        SupportStructure,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="organisme prescripteur",
        help_text="Vide tant que le texte n’est pas figé : celle qui accompagne la personne.",
    )
    advisor = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="conseiller",
        help_text="Vide : tous les membres de la structure la voient.",
    )
    opened_at = models.DateTimeField("ouverte le", default=timezone.now)

    objects = AgreementQuerySet.as_manager()

    made_there: bool  # Only where it is read `with_channel`.

    class Meta:
        verbose_name = "convention"
        ordering = ["-opened_at", "-pk"]
        constraints = [
            only_known("status", AgreementStatus, model="agreement"),
            models.UniqueConstraint(
                name="agreement_one_live_per_application",
                fields=["application"],
                condition=Q(status__in=LIVE),
                violation_error_message="Cette immersion a déjà une convention.",
            ),
        ]

    def __str__(self) -> str:
        return f"convention {self.pk}"

    def data_of(self, party: str) -> dict:
        """What a party has saved so far (prefetched by `for_page`)."""
        return next((part.data for part in self.parts.all() if part.party == party), {})

    @property
    def version(self) -> "AgreementVersion | None":
        """The text that is being signed; None while it is written."""
        if self.status not in FROZEN:
            return None
        return max(self.versions.all(), key=lambda version: version.number, default=None)

    @property
    def needed_signatories(self) -> "list[Signatory]":
        """Who must sign, in the order of the text."""
        order = SignatoryRole.values
        needed = [signatory for signatory in self.signatories.all() if signatory.is_needed]
        return sorted(needed, key=lambda signatory: order.index(signatory.role))


class Part(models.Model):
    """What one party writes, saved at each step."""

    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="parts", verbose_name="convention"
    )
    party = models.CharField("partie", max_length=12, choices=Party)
    data = models.JSONField("réponses", default=dict, blank=True)
    saved_at = models.DateTimeField("enregistrée le", default=timezone.now)
    saved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="par"
    )

    class Meta:
        verbose_name = "partie de convention"
        verbose_name_plural = "parties de convention"
        constraints = [
            only_known("party", Party, model="part"),
            models.UniqueConstraint(
                name="part_once_per_party",
                fields=["agreement", "party"],
                violation_error_message="Cette partie existe déjà.",
            ),
        ]

    def __str__(self) -> str:
        return f"partie {self.pk}"


class AgreementVersion(models.Model):
    """A frozen text and its hash. Written once, never changed: the database refuses it."""

    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="versions", verbose_name="convention"
    )
    number = models.PositiveSmallIntegerField("numéro")
    text = models.TextField("texte canonique", help_text="JSON : ce qui est signé, et rien d’autre.")
    sha256 = models.CharField("empreinte", max_length=64)
    frozen_at = models.DateTimeField("figée le", default=timezone.now)
    code = models.CharField("code de vérification", max_length=19, unique=True, default=new_verification_code)

    class Meta:
        verbose_name = "version de convention"
        verbose_name_plural = "versions de convention"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                name="version_number_is_unique",
                fields=["agreement", "number"],
                violation_error_message="Cette version existe déjà.",
            ),
            models.CheckConstraint(
                name="version_has_a_hash",
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                violation_error_message="Une version a une empreinte.",
            ),
        ]
        triggers = [pgtrigger.Protect(name="version_is_never_changed", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"version {self.pk}"


class Signatory(models.Model):
    """Someone whose signature is needed, and the link that they receive."""

    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="signatories", verbose_name="convention"
    )
    role = models.CharField("en tant que", max_length=20, choices=SignatoryRole)
    name = models.CharField("nom", max_length=160)
    email = models.EmailField("adresse")
    token = models.CharField("jeton", max_length=40, unique=True, default=new_token, editable=False)
    is_needed = models.BooleanField(
        "doit signer", default=True, help_text="Faux : le texte a changé, sa signature n’est plus utile."
    )

    class Meta:
        verbose_name = "signataire"
        constraints = [
            only_known("role", SignatoryRole, model="signatory"),
            models.UniqueConstraint(
                name="signatory_once_per_role",
                fields=["agreement", "role"],
                violation_error_message="Ce signataire existe déjà.",
            ),
        ]

    def __str__(self) -> str:
        return f"signataire {self.pk}"


def scan_name(signature: "Signature", name: str) -> str:
    """Nothing of what the sender typed: a random name, the type that the content says."""
    return f"scans/{secrets.token_urlsafe(16)}.{name.rsplit('.', 1)[-1]}"


class Signature(models.Model):
    """Who agreed to which text, when and how: facts of the server. Written once, never changed."""

    version = models.ForeignKey(
        AgreementVersion, on_delete=models.CASCADE, related_name="signatures", verbose_name="version"
    )
    signatory = models.ForeignKey(
        Signatory, on_delete=models.CASCADE, related_name="signatures", verbose_name="signataire"
    )
    role = models.CharField("en tant que", max_length=20, choices=SignatoryRole)
    name = models.CharField("nom", max_length=160)
    email = models.EmailField("adresse")
    user = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="compte"
    )
    method = models.CharField("comment", max_length=8, choices=Method)
    signed_at = models.DateTimeField("signée le", default=timezone.now, editable=False)
    ip_hash = models.CharField("empreinte de l’adresse IP", max_length=64, blank=True)
    agent_hash = models.CharField("empreinte du navigateur", max_length=64, blank=True)
    is_entitled = models.BooleanField("habilité à engager l’entreprise", default=False)
    scan = models.FileField("copie", upload_to=scan_name, blank=True, max_length=120)
    recorded_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="enregistrée par",
    )

    class Meta:
        verbose_name = "signature"
        ordering = ["signed_at", "pk"]
        constraints = [
            only_known("role", SignatoryRole, model="signature"),
            only_known("method", Method, model="signature"),
            models.UniqueConstraint(
                name="signature_once_per_role",
                fields=["version", "role"],
                violation_error_message="C’est déjà signé.",
            ),
            models.CheckConstraint(
                name="signature_on_paper_has_its_copy",
                condition=(Q(method="paper", recorded_by__isnull=False) & ~Q(scan=""))
                | (~Q(method="paper") & Q(recorded_by__isnull=True, scan="")),
                violation_error_message="Une signature sur papier a sa copie, et qui l’a enregistrée.",
            ),
            models.CheckConstraint(
                name="signature_binds_the_company",
                condition=~Q(role="company") | Q(is_entitled=True),
                violation_error_message="Pour l’entreprise signe une personne habilitée à l’engager.",
            ),
        ]
        triggers = [pgtrigger.Protect(name="signature_is_never_changed", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"signature {self.pk}"


class SigningCode(models.Model):
    """A code mailed to one signatory for one text: 15 minutes, five tries, once."""

    LASTS = dt.timedelta(minutes=15)
    TRIES = 5

    signatory = models.ForeignKey(
        Signatory, on_delete=models.CASCADE, related_name="codes", verbose_name="signataire"
    )
    version = models.ForeignKey(
        AgreementVersion, on_delete=models.CASCADE, related_name="+", verbose_name="version"
    )
    code_hash = models.CharField("empreinte du code", max_length=64)
    created_at = models.DateTimeField("envoyé le", default=timezone.now)
    tries = models.PositiveSmallIntegerField("essais faux", default=0)
    used_at = models.DateTimeField("utilisé le", null=True, blank=True)

    class Meta:
        verbose_name = "code de signature"
        verbose_name_plural = "codes de signature"
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"code de signature {self.pk}"

    @property
    def is_live(self) -> bool:
        """May it still be typed?"""
        is_recent = timezone.now() < self.created_at + self.LASTS
        return is_recent and self.used_at is None and self.tries < self.TRIES


class AgreementEvent(Event):
    """One line in the life of an agreement."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="events")

    class Meta(Event.Meta):
        abstract = False
        verbose_name = "événement de convention"
