"""An agreement, what each party writes in it, its frozen versions, and who signed them."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from accounts.roles import ADVISOR, CANDIDATE, COMPANY
from candidates.structures.models import SupportStructure
from core import archive
from core.models import Event, Stateful
from core.rules import only_known
from core.signing.models import (
    FrozenText,
    SignatoryBase,
    SignatureBase,
    SigningCodeBase,
    has_a_hash,
    never_changed,
)
from immersions.agreements.queries import AgreementQuerySet
from immersions.agreements.workflow import (
    EMPLOYER,
    FROZEN,
    LIVE,
    REPRESENTATIVE,
    SETTLED,
    STRUCTURE,
    AgreementStatus,
)
from immersions.applications.models import Application


class Party(models.TextChoices):
    """Who fills a part; the same names as the roles. In plain words: the text itself has the law's."""

    CANDIDATE = CANDIDATE, "Personne accueillie"
    COMPANY = COMPANY, "Entreprise"
    ADVISOR = ADVISOR, "Structure qui accompagne"


class SignatoryRole(models.TextChoices):
    """Who signs, in the order of the text."""

    CANDIDATE = CANDIDATE, "Personne accueillie"
    REPRESENTATIVE = REPRESENTATIVE, "Représentant légal"
    EMPLOYER = EMPLOYER, "Employeur actuel"
    COMPANY = COMPANY, "Entreprise"
    STRUCTURE = STRUCTURE, "Autre structure qui accompagne"
    ADVISOR = ADVISOR, "Structure qui accompagne"


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
    def is_archived(self) -> bool:
        """Settled for so long that only agents read it."""
        return self.status in SETTLED and self.status_since < archive.closed_before()

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


class AgreementVersion(FrozenText):
    """A frozen text of an agreement."""

    TABLE_HEAD = ["Jour", "Horaires", "Durée"]

    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="versions", verbose_name="convention"
    )
    number = models.PositiveSmallIntegerField("numéro")

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
            has_a_hash("version", message="Une version a une empreinte."),
        ]
        triggers = [never_changed("version")]

    def __str__(self) -> str:
        return f"version {self.pk}"


class Signatory(SignatoryBase):
    """Who must sign an agreement."""

    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="signatories", verbose_name="convention"
    )
    role = models.CharField("en tant que", max_length=20, choices=SignatoryRole)

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


class Signature(SignatureBase):
    """Who signed an agreement."""

    version = models.ForeignKey(
        AgreementVersion, on_delete=models.CASCADE, related_name="signatures", verbose_name="version"
    )
    signatory = models.ForeignKey(
        Signatory, on_delete=models.CASCADE, related_name="signatures", verbose_name="signataire"
    )
    role = models.CharField("en tant que", max_length=20, choices=SignatoryRole)

    class Meta(SignatureBase.Meta):
        verbose_name = "signature"
        constraints = [
            *SignatureBase.Meta.constraints,
            only_known("role", SignatoryRole, model="signature"),
            models.CheckConstraint(
                name="signature_binds_the_company",
                condition=~Q(role="company") | Q(is_entitled=True),
                violation_error_message="Pour l’entreprise signe une personne habilitée à l’engager.",
            ),
        ]
        triggers = [never_changed("signature")]

    def __str__(self) -> str:
        return f"signature {self.pk}"


class SigningCode(SigningCodeBase):
    """A code to sign an agreement."""

    signatory = models.ForeignKey(
        Signatory, on_delete=models.CASCADE, related_name="codes", verbose_name="signataire"
    )
    version = models.ForeignKey(
        AgreementVersion, on_delete=models.CASCADE, related_name="+", verbose_name="version"
    )

    class Meta(SigningCodeBase.Meta):
        verbose_name = "code de signature"
        verbose_name_plural = "codes de signature"

    def __str__(self) -> str:
        return f"code de signature {self.pk}"


class AgreementEvent(Event):
    """One line in the life of an agreement."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="events")

    class Meta(Event.Meta):
        abstract = False
        verbose_name = "événement de convention"
