"""Who else may read a path (the candidate's own choice), and who has read it."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Organisation, User
from candidates.models import Candidate
from commitments.parcours.queries import PathAccessQuerySet, PathShareQuerySet
from core.rules import only_known


class ReaderRole(models.TextChoices):
    """In which role a path was read; the same names as the roles, and the one whom the person chose."""

    COMPANY = "company", "Entreprise"
    ORGANISATION = "organisation", "Organisme de formation"
    ADVISOR = "advisor", "Structure d’accompagnement"
    AGENT = "agent", "Agent de la Région"
    PARTNER = "partner", "Partenaire que vous avez choisi"


class Page(models.TextChoices):
    """What was read."""

    PATH = "path", "Votre parcours"


class PathShare(models.Model):
    """« Je partage mon parcours avec eux. » The only consent of the site: given, and taken back, at once.

    What the parties need to do their part rests on their public-interest mission, not on this.
    """

    candidate = models.ForeignKey(
        Candidate, on_delete=models.CASCADE, related_name="path_shares", verbose_name="candidat"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="+", verbose_name="partenaire"
    )
    given_at = models.DateTimeField("donné le", default=timezone.now, editable=False)
    revoked_at = models.DateTimeField("retiré le", null=True, blank=True, editable=False)

    objects = PathShareQuerySet.as_manager()

    class Meta:
        verbose_name = "partage de parcours"
        verbose_name_plural = "partages de parcours"
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="pathshare_one_each",
                fields=["candidate", "organisation"],
                condition=Q(revoked_at=None),
                violation_error_message="Vous partagez déjà votre parcours avec eux.",
            ),
        ]

    def __str__(self) -> str:
        return f"partage {self.pk}"

    @property
    def given_on(self) -> dt.date:
        return timezone.localdate(self.given_at)


class PathAccess(models.Model):
    """« Qui a consulté mon parcours »: one line per person, page and hour at most."""

    candidate = models.ForeignKey(
        Candidate, on_delete=models.CASCADE, related_name="path_accesses", verbose_name="candidat"
    )
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="lu par")
    role = models.CharField("en tant que", max_length=12, choices=ReaderRole)
    organisation_name = models.CharField("pour", max_length=255, blank=True)
    page = models.CharField("page", max_length=10, choices=Page)
    hour = models.DateTimeField("heure")

    objects = PathAccessQuerySet.as_manager()

    class Meta:
        verbose_name = "consultation de parcours"
        verbose_name_plural = "consultations de parcours"
        ordering = ["-hour", "-pk"]
        constraints = [
            only_known("role", ReaderRole, model="pathaccess"),
            only_known("page", Page, model="pathaccess"),
            models.UniqueConstraint(
                name="pathaccess_once_an_hour",
                fields=["candidate", "user", "page", "hour"],
                violation_error_message="Cette consultation est déjà notée.",
            ),
        ]

    def __str__(self) -> str:
        return f"consultation {self.pk}"

    @property
    def day(self) -> dt.date:
        return timezone.localtime(self.hour).date()

    @property
    def time(self) -> dt.time:
        return timezone.localtime(self.hour).time()
