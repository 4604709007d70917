"""What happens from the start on: reports, what was observed, absences, incidents, attestations."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from accounts.roles import CANDIDATE, COMPANY
from core.models import Event, Stateful
from core.rules import only_known
from core.signing.models import has_a_hash
from core.tokens import new_token
from core.verification import new_verification_code
from immersions.applications.models import Application
from immersions.stays.queries import (
    AbsenceQuerySet,
    AttestationQuerySet,
    IncidentQuerySet,
    ReportQuerySet,
)
from immersions.stays.workflow import ReportStatus


class Side(models.TextChoices):
    """Who speaks; the same names as the roles."""

    CANDIDATE = CANDIDATE, "Candidat"
    COMPANY = COMPANY, "Entreprise"


class Came(models.TextChoices):
    YES = "yes", "Oui, tous les jours"
    PARTLY = "partly", "En partie"
    NO = "no", "Non"


class Fits(models.TextChoices):
    YES = "yes", "Oui"
    MAYBE = "maybe", "Peut-être, il reste à voir"
    NO = "no", "Non"


class GoesOn(models.TextChoices):
    YES = "yes", "Oui"
    LATER = "later", "Peut-être, plus tard"
    NO = "no", "Non"
    HIRED = "hired", "C’est déjà fait : embauche directe"


class WhatNext(models.TextChoices):
    """After « ce n’est pas pour moi », which is a good end."""

    OTHER_TRADE = "other_trade", "Essayer un autre métier"
    SAME_TRADE = "same_trade", "Essayer ce métier ailleurs"
    ADVISOR = "advisor", "En parler avec la personne qui m’accompagne"
    UNKNOWN = "unknown", "Je ne sais pas encore"


class Report(Stateful):
    """What one side says at the end. One per side; never written by the other one."""

    LINK_LASTS = dt.timedelta(days=30)

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="reports", verbose_name="candidature"
    )
    side = models.CharField("de la part de", max_length=10, choices=Side)
    status = models.CharField("état", max_length=10, choices=ReportStatus, default=ReportStatus.ASKED)
    asked_at = models.DateTimeField("demandé le", default=timezone.now)
    token = models.CharField("jeton", max_length=40, unique=True, default=new_token, editable=False)
    came = models.CharField("venue", max_length=10, choices=Came, blank=True)
    fits = models.CharField("ce métier, cette personne", max_length=10, choices=Fits, blank=True)
    goes_on = models.CharField("on continue", max_length=10, choices=GoesOn, blank=True)
    what_next = models.CharField("et ensuite", max_length=12, choices=WhatNext, blank=True)
    half_days = models.PositiveSmallIntegerField("demi-journées faites", null=True, blank=True)
    words = models.TextField("en quelques mots", blank=True, max_length=1000)
    private_words = models.TextField(
        "un mot pour le conseiller", blank=True, max_length=1000, help_text="L’entreprise ne le lit jamais."
    )
    given_at = models.DateTimeField("donné le", null=True, blank=True, editable=False)
    given_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="donné par",
        help_text="Vide : par le lien reçu.",
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "bilan"
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index("status", "waiting_since", name="report_waiting")]
        constraints = [
            only_known("status", ReportStatus, model="report"),
            only_known("side", Side, model="report"),
            models.UniqueConstraint(
                name="report_one_per_side",
                fields=["application", "side"],
                violation_error_message="Ce bilan existe déjà.",
            ),
            models.CheckConstraint(
                name="report_given_answers_the_three_questions",
                condition=~Q(status="given")
                | (~Q(came="") & ~Q(fits="") & ~Q(goes_on="") & Q(given_at__isnull=False)),
                violation_error_message="Un bilan répond aux trois questions.",
            ),
            models.CheckConstraint(
                name="report_answers_are_known",
                condition=Q(
                    came__in=["", *Came.values],
                    fits__in=["", *Fits.values],
                    goes_on__in=["", *GoesOn.values],
                    what_next__in=["", *WhatNext.values],
                ),
                violation_error_message="Cette réponse n’existe pas.",
            ),
            models.CheckConstraint(
                name="report_private_words_are_the_candidates",
                condition=Q(side="candidate") | Q(private_words=""),
                violation_error_message="Ce mot est réservé à la personne accompagnée.",
            ),
        ]

    def __str__(self) -> str:
        return f"bilan {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.status == ReportStatus.ASKED

    @property
    def is_given(self) -> bool:
        return self.status == ReportStatus.GIVEN

    @property
    def link_is_live(self) -> bool:
        return timezone.now() < self.waiting_since + self.LINK_LASTS

    @property
    def is_not_for_me(self) -> bool:
        """A good end: someone knows, after days and not after years."""
        return self.side == Side.CANDIDATE and self.fits == Fits.NO


class ReportEvent(Event):
    """One line in the life of a report."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="events")

    class Meta(Event.Meta):
        abstract = False
        verbose_name = "événement de bilan"


class Level(models.IntegerChoices):
    NOT_SEEN = 0, "Pas vu"
    DISCOVERED = 1, "Découvert"
    WITH_HELP = 2, "Fait avec de l’aide"
    ALONE = 3, "Fait sans aide"


class Observation(models.Model):
    """One skill of the occupation, as one side has seen it. Its words are frozen here."""

    report = models.ForeignKey(
        Report, on_delete=models.CASCADE, related_name="observations", verbose_name="bilan"
    )
    order = models.PositiveSmallIntegerField("ordre", default=0)
    skill = models.CharField("compétence", max_length=150)
    level = models.PositiveSmallIntegerField("observée", choices=Level)

    class Meta:
        verbose_name = "compétence observée"
        verbose_name_plural = "compétences observées"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="observation_once_per_skill",
                fields=["report", "skill"],
                violation_error_message="Cette compétence est déjà observée.",
            ),
            models.CheckConstraint(
                name="observation_level_is_known",
                condition=Q(level__in=Level.values),
                violation_error_message="Cette réponse n’existe pas.",
            ),
        ]

    def __str__(self) -> str:
        return self.skill


class GridSkill(models.Model):
    """A line of an occupation's observation grid: an agent's own replaces the one we ship."""

    occupation = models.ForeignKey(
        "territories.Occupation", on_delete=models.CASCADE, related_name="+", verbose_name="métier"
    )
    text = models.CharField("compétence", max_length=150)
    order = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        verbose_name = "compétence à observer"
        verbose_name_plural = "compétences à observer"
        ordering = ["occupation", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="gridskill_is_unique",
                fields=["occupation", "text"],
                violation_error_message="Ce métier a déjà cette compétence.",
            )
        ]

    def __str__(self) -> str:
        return self.text


class Whose(models.TextChoices):
    """Whose doing an absence is, as one side says it."""

    CANDIDATE = CANDIDATE, "De la personne attendue"
    COMPANY = COMPANY, "De l’entreprise"
    NOBODY = "nobody", "De personne : un imprévu"


class Absence(models.Model):
    """One side's version of an absence. Both are kept; neither replaces the other."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="absences", verbose_name="candidature"
    )
    side = models.CharField("de la part de", max_length=10, choices=Side)
    whose = models.CharField("du fait de", max_length=10, choices=Whose)
    words = models.TextField("ce qui s’est passé", max_length=1000)
    said_at = models.DateTimeField("dit le", default=timezone.now, editable=False)
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="par")

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = "version d’une absence"
        verbose_name_plural = "versions d’une absence"
        ordering = ["said_at", "pk"]
        constraints = [
            only_known("side", Side, model="absence"),
            only_known("whose", Whose, model="absence"),
            models.UniqueConstraint(
                name="absence_one_version_per_side",
                fields=["application", "side"],
                violation_error_message="Vous avez déjà donné votre version.",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.pk}"


class IncidentKind(models.TextChoices):
    DISCOMFORT = "discomfort", "Un malaise, quelque chose qui ne va pas"
    ACCIDENT = "accident", "Un accident"


class Incident(models.Model):
    """« Quelque chose ne va pas. » Dated by the server, never changed."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="incidents", verbose_name="candidature"
    )
    kind = models.CharField("sorte", max_length=10, choices=IncidentKind)
    side = models.CharField("de la part de", max_length=10, choices=Side)
    words = models.TextField("ce qui s’est passé", max_length=2000)
    said_at = models.DateTimeField("signalé le", default=timezone.now, editable=False)
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="par")

    objects = IncidentQuerySet.as_manager()

    class Meta:
        verbose_name = "signalement"
        ordering = ["-said_at", "-pk"]
        constraints = [
            only_known("kind", IncidentKind, model="incident"),
            only_known("side", Side, model="incident"),
        ]

    def __str__(self) -> str:
        return f"signalement {self.pk}"

    @property
    def said_on(self) -> dt.date:
        return timezone.localdate(self.said_at)

    @property
    def said_time(self) -> dt.time:
        return timezone.localtime(self.said_at).time()


class NoticeKind(models.TextChoices):
    SHEET = "sheet", "Fiche pratique"
    AGREEMENT_1 = "agreement_1", "Premier rappel de convention"
    AGREEMENT_2 = "agreement_2", "Second rappel de convention"


class Notice(models.Model):
    """What was sent before the first day, once for these dates: another night changes nothing."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="notices", verbose_name="candidature"
    )
    kind = models.CharField("sorte", max_length=12, choices=NoticeKind)
    first_day = models.DateField("pour le")
    sent_at = models.DateTimeField("envoyé le", default=timezone.now)

    class Meta:
        verbose_name = "envoi avant l’immersion"
        verbose_name_plural = "envois avant l’immersion"
        constraints = [
            only_known("kind", NoticeKind, model="notice"),
            models.UniqueConstraint(
                name="notice_once_for_these_dates",
                fields=["application", "kind", "first_day"],
                violation_error_message="C’est déjà envoyé.",
            ),
        ]

    def __str__(self) -> str:
        return f"envoi {self.pk}"


class Attestation(models.Model):
    """« Attestation de compétences observées »: a frozen text, its hash, and a code to verify it."""

    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, related_name="attestation", verbose_name="candidature"
    )
    text = models.TextField("texte canonique", help_text="JSON : ce qui est attesté, et rien d’autre.")
    sha256 = models.CharField("empreinte", max_length=64)
    code = models.CharField("code de vérification", max_length=19, unique=True, default=new_verification_code)
    issued_at = models.DateTimeField("délivrée le", default=timezone.now, editable=False)

    objects = AttestationQuerySet.as_manager()

    class Meta:
        verbose_name = "attestation"
        ordering = ["-issued_at", "-pk"]
        constraints = [has_a_hash("attestation", message="Une attestation a une empreinte.")]

    def __str__(self) -> str:
        return f"attestation {self.pk}"
