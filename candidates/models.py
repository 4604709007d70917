"""Who looks for a job: only what a rule uses (domain.md, rule 6)."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from candidates.structures.models import BasinDefault, Following, FollowingEvent, SupportStructure
from territories.models.agents import departments_of

__all__ = [
    "BasinDefault",
    "Candidate",
    "Following",
    "FollowingEvent",
    "Level",
    "Licence",
    "SupportStructure",
    "Transport",
]


class Level(models.IntegerChoices):
    """French national framework of qualifications (decree 2019-14)."""

    NONE = 0, "Sans diplôme"
    CAP = 3, "CAP, BEP"
    BAC = 4, "Bac"
    BAC2 = 5, "Bac + 2"
    BAC3 = 6, "Bac + 3 ou 4"
    BAC5 = 7, "Bac + 5 et plus"


class Transport(models.TextChoices):
    CAR = "car", "Voiture"
    TWO_WHEELS = "two_wheels", "Scooter ou moto"
    PUBLIC = "public", "Bus, tram, train"
    BICYCLE = "bicycle", "Vélo"
    FOOT = "foot", "À pied"


class Licence(models.TextChoices):
    NONE = "none", "Pas de permis"
    LEARNING = "learning", "Permis B en cours"
    B = "b", "Permis B"


class CandidateQuerySet(models.QuerySet["Candidate"]):
    def of(self, user: User) -> Self:
        return self.filter(user=user)

    def in_territory_of(self, user: User) -> Self:
        """Candidates who live in the departments that `user` watches over."""
        if user.is_superuser:
            return self
        return self.filter(commune__department__in=departments_of(user))


class Candidate(models.Model):
    """A jobseeker's profile. Names and phone stand on the account."""

    RADIUS_CHOICES = (10, 20, 30, 50, 100)

    uid = models.UUIDField("référence du parcours", db_default=RandomUUID(), unique=True, editable=False)
    user = models.OneToOneField(
        User, on_delete=models.CASCADE, related_name="candidate", verbose_name="compte"
    )
    commune = models.ForeignKey(
        "territories.Commune",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="commune",
    )
    radius_km = models.PositiveSmallIntegerField("distance acceptée (km)", default=30)
    level = models.PositiveSmallIntegerField("niveau de diplôme", choices=Level, null=True, blank=True)
    transport = ArrayField(
        models.CharField(max_length=12, choices=Transport),
        verbose_name="moyens de transport",
        default=list,
        blank=True,
    )
    licence = models.CharField("permis", max_length=10, choices=Licence, blank=True)
    created_at = models.DateTimeField("inscrit le", default=timezone.now)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name = "demandeur d’emploi"
        verbose_name_plural = "demandeurs d’emploi"
        constraints = [
            models.CheckConstraint(
                name="candidate_radius_is_sensible",
                condition=Q(radius_km__gte=1, radius_km__lte=200),
                violation_error_message="La distance va de 1 à 200 km.",
            ),
            models.CheckConstraint(
                name="candidate_licence_is_known",
                condition=Q(licence__in=["", *Licence.values]),
                violation_error_message="Cette valeur n’existe pas.",
            ),
            models.CheckConstraint(
                name="candidate_level_is_known",
                condition=Q(level__isnull=True) | Q(level__in=Level.values),
                violation_error_message="Cette valeur n’existe pas.",
            ),
        ]

    def __str__(self) -> str:
        return f"candidat {self.pk}"

    @property
    def is_ready_to_apply(self) -> bool:
        """What a company needs to call back: a name, a phone, a commune."""
        return not self.missing_to_apply()

    def missing_to_apply(self) -> list[str]:
        """« Il manque : … », in words; nothing when one may apply."""
        user = self.user
        needed = {
            "votre prénom": user.first_name,
            "votre nom": user.last_name,
            "votre téléphone": user.phone,
            "votre commune": self.commune_id,
        }
        return [words for words, value in needed.items() if not value]

    @property
    def completeness(self) -> int:
        """Out of 100: how much of the profile is there, the optional answers included."""
        user = self.user
        answers = (
            user.first_name,
            user.last_name,
            user.phone,
            self.commune_id,
            self.level is not None,
            self.transport,
            self.licence,
        )
        return round(100 * sum(map(bool, answers)) / len(answers))
