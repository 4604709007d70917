"""The training's internships (« stages »). Not a PMSMP: their agreement is the training's own."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User
from candidates.models import Candidate
from commitments.courses.models import days_between
from commitments.courses.queries import InternshipQuerySet
from commitments.seats.models import SeatRequest
from companies.models import Company
from core.signing.models import scan_name


class Internship(models.Model):
    """From one day to another in a company: the promising one, or another with a reason.

    `session_from` and `session_to` are copied from the session, so that the database can hold the
    internship inside it.
    """

    seat_request = models.ForeignKey(
        SeatRequest, on_delete=models.PROTECT, related_name="internships", verbose_name="demande"
    )
    candidate = models.ForeignKey(
        Candidate, on_delete=models.PROTECT, related_name="internships", verbose_name="stagiaire"
    )
    company = models.ForeignKey(
        Company,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="internships",
        verbose_name="entreprise de la promesse",
        help_text="Vide : le stage a lieu ailleurs.",
    )
    host_name = models.CharField("autre entreprise", max_length=160, blank=True)
    host_contact = models.CharField("tuteur, adresse, téléphone", max_length=300, blank=True)
    elsewhere_reason = models.CharField("pourquoi ailleurs", max_length=300, blank=True)
    starts_on = models.DateField("premier jour")
    ends_on = models.DateField("dernier jour")
    session_from = models.DateField("début de la session", null=True, blank=True, editable=False)
    session_to = models.DateField("fin de la session", null=True, blank=True, editable=False)
    is_by_default = models.BooleanField("repris de la session", default=False, editable=False)
    created_at = models.DateTimeField("écrit le", default=timezone.now, editable=False)
    cancelled_at = models.DateTimeField("annulé le", null=True, blank=True, editable=False)

    objects = InternshipQuerySet.as_manager()

    class Meta:
        verbose_name = "stage"
        verbose_name_plural = "stages"
        ordering = ["starts_on", "pk"]
        indexes = [models.Index("company", "starts_on", name="internship_company")]
        constraints = [
            models.CheckConstraint(
                name="internship_ends_after_it_starts",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="Un stage finit après avoir commencé.",
            ),
            models.CheckConstraint(
                name="internship_inside_its_session",
                condition=(Q(session_from=None) | Q(starts_on__gte=F("session_from")))
                & (Q(session_to=None) | Q(ends_on__lte=F("session_to"))),
                violation_error_message="Un stage a lieu pendant la session, ni avant, ni après.",
            ),
            models.CheckConstraint(
                name="internship_elsewhere_says_why",
                condition=Q(company__isnull=False, host_name="", elsewhere_reason="")
                | (Q(company=None) & ~Q(host_name="") & ~Q(elsewhere_reason="")),
                violation_error_message="Dites dans quelle autre entreprise, et pourquoi.",
            ),
            ExclusionConstraint(
                name="internship_never_two_at_once",
                expressions=[
                    ("candidate", RangeOperators.EQUAL),
                    (days_between("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                condition=Q(cancelled_at=None),
                violation_error_message="Cette personne a déjà un stage à ces dates.",
            ),
        ]

    def __str__(self) -> str:
        return f"stage {self.pk}"

    @property
    def place(self) -> str:
        return self.company.name if self.company else self.host_name


class InternshipDocument(models.Model):
    """The training's agreement for this internship, as it was given. A new one does not erase the old."""

    internship = models.ForeignKey(
        Internship, on_delete=models.PROTECT, related_name="documents", verbose_name="stage"
    )
    scan = models.FileField("convention", upload_to=scan_name)
    role = models.CharField("déposée par", max_length=20)
    given_at = models.DateTimeField("le", default=timezone.now, editable=False)
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="par")

    class Meta:
        verbose_name = "convention de stage"
        verbose_name_plural = "conventions de stage"
        ordering = ["given_at", "pk"]

    def __str__(self) -> str:
        return f"convention de stage {self.pk}"


class InternshipChange(models.Model):
    """One line in the life of an internship. Written once, never changed."""

    internship = models.ForeignKey(
        Internship, on_delete=models.CASCADE, related_name="changes", verbose_name="stage"
    )
    words = models.CharField("ce qui change", max_length=300)
    role = models.CharField("en tant que", max_length=20)
    at = models.DateTimeField("le", default=timezone.now, editable=False)
    by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="par"
    )

    class Meta:
        verbose_name = "changement de stage"
        verbose_name_plural = "histoire du stage"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"changement de stage {self.pk}"
