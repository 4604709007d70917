"""Who accompanies jobseekers: structures, and each person's follow-up by one of them."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Organisation, User
from candidates.structures.queries import FollowingQuerySet, SupportStructureQuerySet
from candidates.structures.workflow import LIVE, FollowingStatus
from core.models import Event, Stateful
from core.rules import only_known
from territories.delays import wait_in
from territories.models import EmploymentBasin
from territories.text import plain
from territories.working_days import working_days_after


class Kind(models.TextChoices):
    FRANCE_TRAVAIL = "france_travail", "France Travail"
    MISSION_LOCALE = "mission_locale", "Mission locale"
    CAP_EMPLOI = "cap_emploi", "Cap emploi"
    SIAE = "siae", "Structure d’insertion (SIAE)"
    DEPARTMENT = "department", "Département"
    OTHER = "other", "Autre structure"


class Ground(models.TextChoices):
    """Why a structure may prescribe an immersion."""

    LAW = "law", "Article L. 5135-2"
    DELEGATION = "delegation", "Délégation (article D. 5135-7)"


class Channel(models.TextChoices):
    """Where the agreements of this structure are made."""

    IMMERSION_FACILITEE = "immersion_facilitee", "Sur Immersion Facilitée"
    HERE = "here", "Ici"


# Named by article L. 5135-2; the others prescribe by delegation.
NAMED_BY_LAW = (Kind.FRANCE_TRAVAIL, Kind.MISSION_LOCALE, Kind.CAP_EMPLOI)
USE_IMMERSION_FACILITEE = (Kind.FRANCE_TRAVAIL, Kind.MISSION_LOCALE)


def usual_channel(kind: str) -> str:
    """Where such structures make their agreements, until one says otherwise."""
    return Channel.IMMERSION_FACILITEE if kind in USE_IMMERSION_FACILITEE else Channel.HERE


def search_name_of(structure: "SupportStructure") -> str:
    return plain(f"{structure.name} {structure.get_kind_display()} {structure.commune.name}")


class SupportStructure(models.Model):
    """A service that accompanies jobseekers. Imported without a SIRET, it has a legal entity, and
    members, from the day when one of its advisors signs up.
    """

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="support_structures",
        verbose_name="entité légale",
        help_text="Ses membres voient les personnes accompagnées.",
    )
    name = models.CharField("nom", max_length=200)
    search_name = models.CharField("nom sans accents", max_length=320, editable=False)
    imported_name = models.CharField("nom dans le fichier", max_length=200, blank=True, editable=False)
    kind = models.CharField("sorte", max_length=20, choices=Kind)
    external_code = models.CharField(
        "code", max_length=30, blank=True, help_text="Code SAFIR, i-milo… celui du réseau."
    )
    legal_form = models.CharField("forme juridique", max_length=120, blank=True)
    address = models.CharField("adresse", max_length=200, blank=True)
    postcode = models.CharField("code postal", max_length=5, blank=True)
    commune = models.ForeignKey(
        "territories.Commune", on_delete=models.PROTECT, related_name="+", verbose_name="commune"
    )
    x = models.FloatField("x (Lambert-93, m)", editable=False)
    y = models.FloatField("y (Lambert-93, m)", editable=False)
    email = models.EmailField(
        "adresse e-mail publiée", blank=True, help_text="Sert à vérifier le premier membre."
    )
    phone = models.CharField("téléphone", max_length=20, blank=True)
    may_prescribe = models.BooleanField("peut prescrire une immersion", default=False)
    prescribes_by = models.CharField("à quel titre", max_length=12, choices=Ground, blank=True)
    delegation_until = models.DateField("fin de la délégation", null=True, blank=True)
    agreement_channel = models.CharField(
        "où se fait la convention",
        max_length=20,
        choices=Channel,
        blank=True,
        help_text="Vide : Immersion Facilitée pour France Travail et les missions locales, ici sinon.",
    )
    is_open = models.BooleanField("ouverte", default=True)
    created_at = models.DateTimeField("créée le", default=timezone.now)

    objects = SupportStructureQuerySet.as_manager()

    class Meta:
        verbose_name = "structure d’accompagnement"
        verbose_name_plural = "structures d’accompagnement"
        ordering = ["name", "pk"]
        constraints = [
            only_known("kind", Kind, model="supportstructure"),
            only_known("agreement_channel", Channel, model="supportstructure"),
            models.UniqueConstraint(
                name="supportstructure_code_is_unique",
                fields=["kind", "external_code"],
                condition=~Q(external_code=""),
                violation_error_message="Une structure de cette sorte a déjà ce code.",
            ),
            models.CheckConstraint(
                name="supportstructure_prescribes_on_a_ground",
                condition=Q(may_prescribe=False, prescribes_by="", delegation_until=None)
                | Q(may_prescribe=True, prescribes_by="law", delegation_until=None)
                | Q(may_prescribe=True, prescribes_by="delegation", delegation_until__isnull=False),
                violation_error_message=(
                    "Une structure prescrit à un titre : l’article L. 5135-2, ou une délégation avec sa date de fin."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        self.agreement_channel = self.agreement_channel or usual_channel(self.kind)

    def prescribes_on(self, day: dt.date) -> bool:
        """May it sign an agreement on that day? A delegation ends."""
        if not self.may_prescribe:
            return False
        return self.delegation_until is None or day <= self.delegation_until

    def place_at(self, x: float, y: float) -> None:
        """Where it is, and the words that find it; the caller saves."""
        self.x, self.y = x, y
        self.search_name = search_name_of(self)

    def confirmed_members(self) -> models.QuerySet[User]:
        """Those who see its people and are written to about them."""
        return User.objects.confirmed_in(self.organisation_id)


class BasinDefault(models.Model):
    """Who answers a person whom nobody accompanies yet: one structure per basin."""

    basin = models.ForeignKey(
        EmploymentBasin, on_delete=models.CASCADE, related_name="+", verbose_name="bassin d’emploi"
    )
    structure = models.ForeignKey(
        SupportStructure, on_delete=models.CASCADE, related_name="basin_defaults", verbose_name="structure"
    )

    class Meta:
        verbose_name = "structure par défaut d’un bassin"
        verbose_name_plural = "structures par défaut des bassins"
        constraints = [
            models.UniqueConstraint(
                name="basindefault_one_per_basin",
                fields=["basin"],
                violation_error_message="Ce bassin a déjà une structure par défaut.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.basin} : {self.structure}"


class NotFollowedReason(models.TextChoices):
    NOT_REGISTERED = "not_registered", "Cette personne n’est pas inscrite chez nous"
    OTHER_PLACE = "other_place", "Elle dépend d’un autre secteur"
    OTHER_SERVICE = "other_service", "Une autre structure l’accompagne"
    OTHER = "other", "Autre raison"


class Origin(models.TextChoices):
    CHOSEN = "chosen", "Choisie par la personne"
    DEFAULT = "default", "Par défaut : la personne ne sait pas"
    TRANSFER = "transfer", "Transmise par une autre structure"


class Following(Stateful):
    """One person, one structure: asked, answered, and lived. One live at a time for a person."""

    candidate = models.ForeignKey(
        "candidates.Candidate",
        on_delete=models.CASCADE,
        related_name="followings",
        verbose_name="candidat",
    )
    structure = models.ForeignKey(
        SupportStructure, on_delete=models.PROTECT, related_name="followings", verbose_name="structure"
    )
    advisor = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="conseiller ou conseillère",
    )
    status = models.CharField("état", max_length=20, choices=FollowingStatus, default=FollowingStatus.ASKED)
    origin = models.CharField("origine", max_length=10, choices=Origin, default=Origin.CHOSEN)
    asked_at = models.DateTimeField("demandé le", default=timezone.now)
    came_from = models.OneToOneField(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="went_to",
        verbose_name="transmis par",
    )
    reason = models.CharField("raison", max_length=20, choices=NotFollowedReason, blank=True)
    how_to_register = models.TextField("comment s’inscrire", blank=True, max_length=600)

    objects = FollowingQuerySet.as_manager()

    class Meta:
        verbose_name = "accompagnement"
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index("structure", "status", name="following_structure_status"),
            models.Index("status", "waiting_since", name="following_waiting"),
        ]
        constraints = [
            only_known("status", FollowingStatus, model="following"),
            only_known("origin", Origin, model="following"),
            models.UniqueConstraint(
                name="following_one_live_per_candidate",
                fields=["candidate"],
                condition=Q(status__in=LIVE),
                violation_error_message="Une structure vous accompagne déjà, ou va vous répondre.",
            ),
            models.CheckConstraint(
                name="following_reason_is_known",
                condition=Q(reason__in=["", *NotFollowedReason.values]),
                violation_error_message="Cette raison n’existe pas.",
            ),
        ]

    def __str__(self) -> str:
        return f"accompagnement {self.pk}"

    @property
    def person(self) -> str:
        """What the advisors read first: the name, or the address of who has not said it yet."""
        return self.candidate.user.name_or_address

    @property
    def department(self) -> str:
        return self.structure.commune.department_id

    @property
    def answer_due_on(self) -> dt.date:
        """The structure answers by that day."""
        days = wait_in(self.department, "following").reminders[0]
        return working_days_after(timezone.localdate(self.waiting_since), days, self.department)

    @property
    def is_late(self) -> bool:
        return self.status == FollowingStatus.ASKED and self.answer_due_on < timezone.localdate()

    @property
    def asked_on(self) -> dt.date:
        return timezone.localdate(self.asked_at)


class FollowingEvent(Event):
    """One line in the life of a follow-up."""

    following = models.ForeignKey(Following, on_delete=models.CASCADE, related_name="events")

    class Meta(Event.Meta):
        abstract = False
        verbose_name = "événement d’accompagnement"
