"""The words of a promise, versioned; the texts frozen from them; who signs, who signed; changes asked.

A region's words are written in the admin. Each frozen text keeps the wording that it was made of.
"""

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from commitments.projects.models import Commitment, Side
from commitments.projects.queries import WordingQuerySet
from commitments.projects.workflow import AmendmentStatus
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
from territories.models import Region
from trainings.models import Session

MARKS = ("{candidat}", "{entreprise}", "{entreprise_d_accueil}")
LINES = (
    "Une phrase par ligne. Remplacés par les noms : {candidat} ; {entreprise}, l’employeur qui promet (un GEIQ, "
    "une agence, quand il porte le contrat) ; {entreprise_d_accueil}, l’entreprise de l’immersion et du stage."
)
UNKNOWN_MARK = (
    "Entre accolades, seuls {candidat}, {entreprise} et {entreprise_d_accueil} sont connus, écrits exactement "
    "ainsi."
)
NO_MARK = "Aucun nom n’est remplacé ici : écrivez sans accolades."
NAMED_IN = ("means", "does_not_mean", "company_says", "candidate_says", "if_it_stops", "breaking")


class PromiseWording(models.Model):
    """The words around a promise. A published version never changes: the database refuses it."""

    region = models.ForeignKey(
        Region,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="région",
        help_text="Vide : toutes les régions qui n’ont pas les leurs.",
    )
    number = models.PositiveSmallIntegerField("version", editable=False)
    title = models.CharField("titre", max_length=120, default="Projet emploi-formation")
    law = models.CharField("textes de loi", max_length=250, blank=True)
    means = models.TextField("ce que cela veut dire", help_text=LINES)
    does_not_mean = models.TextField("ce que cela ne veut pas dire", help_text=LINES)
    company_says = models.TextField("l’entreprise dit", help_text=LINES)
    candidate_says = models.TextField("la personne dit", help_text=LINES)
    if_it_stops = models.TextField("si quelqu’un change d’avis", help_text=LINES)
    breaking = models.TextField(
        "avant de rompre la promesse",
        help_text=f"Ce que la loi dit à l’entreprise, et où se renseigner. {LINES}",
    )
    created_at = models.DateTimeField("écrite le", default=timezone.now, editable=False)
    published_at = models.DateTimeField("publiée le", null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name="par",
    )

    objects = WordingQuerySet.as_manager()

    class Meta:
        verbose_name = "texte de promesse"
        verbose_name_plural = "textes de promesse"
        ordering = ["region", "-number"]
        constraints = [
            models.UniqueConstraint(
                name="promisewording_number_is_unique",
                fields=["region", "number"],
                nulls_distinct=False,
                violation_error_message="Cette version existe déjà.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="promisewording_published_is_never_changed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__published_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.region or 'toutes les régions'}, version {self.number}"

    def clean(self) -> None:
        """Any other mark would stay as it is in what people sign."""
        for name in NAMED_IN:
            rest = str(getattr(self, name) or "")
            for mark in MARKS:
                rest = rest.replace(mark, "")
            if "{" in rest or "}" in rest:
                raise ValidationError({name: UNKNOWN_MARK})
        for name in ("title", "law"):
            if set("{}") & set(str(getattr(self, name) or "")):
                raise ValidationError({name: NO_MARK})


class CommitmentVersion(FrozenText):
    """A frozen text, and what it binds to: the first one, then one for each change asked."""

    commitment = models.ForeignKey(
        Commitment, on_delete=models.CASCADE, related_name="versions", verbose_name="projet"
    )
    number = models.PositiveSmallIntegerField("numéro")
    wording = models.ForeignKey(
        PromiseWording, on_delete=models.PROTECT, related_name="+", verbose_name="texte de"
    )
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="+", verbose_name="session")
    training_starts_on = models.DateField(
        "premier jour", null=True, blank=True, help_text="De la session, à l’écriture."
    )
    training_ends_on = models.DateField(
        "dernier jour", null=True, blank=True, help_text="De la session, à l’écriture."
    )
    starts_by = models.DateField("embauche au plus tard le")

    class Meta:
        verbose_name = "version de projet"
        verbose_name_plural = "versions de projet"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                name="commitmentversion_number_is_unique",
                fields=["commitment", "number"],
                violation_error_message="Cette version existe déjà.",
            ),
            has_a_hash("commitmentversion", message="Une version a une empreinte."),
        ]
        triggers = [never_changed("commitmentversion")]

    def __str__(self) -> str:
        return f"version {self.pk}"

    @property
    def reference(self) -> str:
        return f"{str(self.commitment.uid)[:8].upper()}-{self.number}"


class CommitmentSignatory(SignatoryBase):
    """Who must sign: the person, and who binds the future employer."""

    commitment = models.ForeignKey(
        Commitment, on_delete=models.CASCADE, related_name="signatories", verbose_name="projet"
    )
    role = models.CharField("en tant que", max_length=10, choices=Side)

    class Meta:
        verbose_name = "signataire de projet"
        verbose_name_plural = "signataires de projet"
        constraints = [
            only_known("role", Side, model="commitmentsignatory"),
            models.UniqueConstraint(
                name="commitmentsignatory_once_per_role",
                fields=["commitment", "role"],
                violation_error_message="Ce signataire existe déjà.",
            ),
        ]

    def __str__(self) -> str:
        return f"signataire {self.pk}"


class CommitmentSignature(SignatureBase):
    """Who signed which text."""

    version = models.ForeignKey(
        CommitmentVersion, on_delete=models.CASCADE, related_name="signatures", verbose_name="version"
    )
    signatory = models.ForeignKey(
        CommitmentSignatory, on_delete=models.CASCADE, related_name="signatures", verbose_name="signataire"
    )
    role = models.CharField("en tant que", max_length=10, choices=Side)

    class Meta(SignatureBase.Meta):
        verbose_name = "signature de projet"
        verbose_name_plural = "signatures de projet"
        constraints = [
            *SignatureBase.Meta.constraints,
            only_known("role", Side, model="commitmentsignature"),
            models.CheckConstraint(
                name="commitmentsignature_binds_the_employer",
                condition=~Q(role="company") | Q(is_entitled=True),
                violation_error_message="Pour l’employeur signe une personne habilitée à l’engager.",
            ),
        ]
        triggers = [never_changed("commitmentsignature")]

    def __str__(self) -> str:
        return f"signature {self.pk}"


class CommitmentSigningCode(SigningCodeBase):
    """A code mailed to one signatory for one text."""

    signatory = models.ForeignKey(
        CommitmentSignatory, on_delete=models.CASCADE, related_name="codes", verbose_name="signataire"
    )
    version = models.ForeignKey(
        CommitmentVersion, on_delete=models.CASCADE, related_name="+", verbose_name="version"
    )

    class Meta(SigningCodeBase.Meta):
        verbose_name = "code de signature de projet"
        verbose_name_plural = "codes de signature de projet"

    def __str__(self) -> str:
        return f"code {self.pk}"


class Amendment(Stateful):
    """A change asked of a signed project: another session, a later start. The old text binds until
    both have signed the new one.
    """

    commitment = models.ForeignKey(
        Commitment, on_delete=models.CASCADE, related_name="amendments", verbose_name="projet"
    )
    version = models.OneToOneField(
        CommitmentVersion, on_delete=models.CASCADE, related_name="amendment", verbose_name="nouveau texte"
    )
    asked_by = models.CharField("demandée par", max_length=10, choices=Side)
    asked_at = models.DateTimeField("demandée le", default=timezone.now)
    words = models.TextField("parce que", max_length=600)
    sign_by = models.DateField("à signer au plus tard le")
    status = models.CharField("état", max_length=8, choices=AmendmentStatus, default=AmendmentStatus.OPEN)

    class Meta:
        verbose_name = "modification de projet"
        verbose_name_plural = "modifications de projet"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            only_known("status", AmendmentStatus, model="amendment"),
            only_known("asked_by", Side, model="amendment"),
            models.UniqueConstraint(
                name="amendment_one_open_per_commitment",
                fields=["commitment"],
                condition=Q(status="open"),
                violation_error_message="Une modification attend déjà d’être signée.",
            ),
        ]

    def __str__(self) -> str:
        return f"modification {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.status == AmendmentStatus.OPEN

    @property
    def is_in_time(self) -> bool:
        """Its last day is still a day to sign."""
        return self.is_open and timezone.localdate() <= self.sign_by


class AmendmentEvent(Event):
    """One line in the life of a change that was asked."""

    amendment = models.ForeignKey(Amendment, on_delete=models.CASCADE, related_name="events")

    class Meta(Event.Meta):
        abstract = False
        verbose_name = "événement de modification"
