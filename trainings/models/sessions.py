import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.utils import timezone

from core import french
from core.fields import WebAddressField
from core.rules import only_known
from territories.models import Occupation
from trainings import eligibility
from trainings.geometry import kilometres, within
from trainings.models.actions import TrainingAction
from trainings.models.blocks import SkillBlock, TrainingBlock
from trainings.models.organisations import new_number
from trainings.models.trainings import Training, TrainingOccupation


class SessionStatus(models.TextChoices):
    """LHÉO's « état du recrutement »."""

    OPEN = "open", "Recrutement ouvert"
    SUSPENDED = "suspended", "Recrutement suspendu"
    CLOSED = "closed", "Recrutement fermé"


class SessionQuerySet(models.QuerySet["Session"]):
    def current(self) -> Self:
        """Neither cancelled nor vanished from the catalogue."""
        return self.filter(eligibility.current())

    def eligible(self, today: dt.date | None = None) -> Self:
        """Rule 1: those that keep an offer published."""
        return self.filter(eligibility.eligible(today))

    def announced(self, today: dt.date | None = None) -> Self:
        """What the catalogue shows to come, whoever pays, even full or closed to newcomers."""
        today = today or timezone.localdate()
        to_come = Q(starts_on__gt=today) | Q(action__has_permanent_entry=True)
        not_over = Q(ends_on=None) | Q(ends_on__gte=today)
        return self.current().filter(to_come & not_over)

    def bookable_for_pledge(self, today: dt.date | None = None) -> Self:
        """Those that a training pledge may name.

        Funded by the Region; still to come, or entered at any time; neither closed, nor suspended,
        nor cancelled, nor vanished; not known full (seats that nobody told count as free: the
        organisation will say). Order them by `with_distance(x, y)` or `soonest_first()`.
        """
        return self.filter(eligibility.bookable_for_pledge(today))

    def teaching(self, *blocks: SkillBlock | str) -> Self:
        """Those whose training teaches one of these blocks, given as such or by their codes.

        `Session.objects.bookable_for_pledge().teaching(block).within(60, x, y).with_distance(x, y)`
        answers « où apprendre cela, près de chez moi ? ».
        """
        codes = {block if isinstance(block, str) else block.code for block in blocks}
        links = TrainingBlock.objects.filter(training=OuterRef("action__training"), block__code__in=codes)
        return self.filter(Exists(links))

    def soonest_first(self) -> Self:
        """What one may enter at any time, then by first day."""
        return self.order_by(F("starts_on").asc(nulls_first=True), "pk")

    def leading_to(self, occupation: Occupation) -> Self:
        """Those whose training leads to `occupation`, or to one of the same trade."""
        return self.leading_to_ref(Value(occupation.code), Value(occupation.parent_code))

    def leading_to_ref(self, code: Any, parent: Any) -> Self:
        """The same for an occupation of an outer query: `OuterRef("occupation_id")` and
        `OuterRef("occupation__parent_code")`."""
        links = TrainingOccupation.objects.filter(training=OuterRef("action__training")).alias(
            trade=eligibility.trade_of("occupation_id", "occupation__parent_code")
        )
        return self.alias(wanted_trade=eligibility.trade_of(code, parent)).filter(
            Exists(links.filter(trade=OuterRef("wanted_trade")))
        )

    def within(self, km: Any, x: Any, y: Any) -> Self:
        """Those given at most `km` from that point in Lambert-93 metres: figures or `OuterRef`s.

        The place is the action's own; a session without any known place is never within reach.
        """
        return self.filter(within("action__position", km, x, y))

    def with_distance(self, x: float, y: float) -> Self:
        """Each with its `distance_km`, the nearest first, then the next to start."""
        return self.annotate(distance_km=kilometres("action__position", x, y)).order_by(
            F("distance_km").asc(nulls_last=True), F("starts_on").asc(nulls_first=True), "pk"
        )

    def running(self, training: Training, today: dt.date | None = None) -> Self:
        """Those of `training` that are not over, the next to start first."""
        not_over = Q(ends_on=None) | Q(ends_on__gte=today or timezone.localdate())
        return self.filter(not_over, action__training=training).soonest_first()

    def for_offer_page(self) -> Self:
        """All that a line « formation financée » shows, in one query whatever the rows."""
        return self.select_related("action__training__organisation", "action__commune").defer(
            "action__training__content", "action__training__objective", "action__conditions"
        )


class Session(models.Model):
    """One group of an action, from its first to its last day (« session »)."""

    Status = SessionStatus

    action = models.ForeignKey(
        TrainingAction, on_delete=models.CASCADE, related_name="sessions", verbose_name="action"
    )
    external_id = models.CharField("numéro au catalogue", max_length=80, default=new_number, editable=False)
    starts_on = models.DateField(
        "premier jour", null=True, blank=True, help_text="Vide : inconnu, ou entrée permanente."
    )
    ends_on = models.DateField("dernier jour", null=True, blank=True)
    is_start_in_month = models.BooleanField(
        "premier jour non précisé", default=False, help_text="On ne connaît que le mois."
    )
    is_end_in_month = models.BooleanField(
        "dernier jour non précisé", default=False, help_text="On ne connaît que le mois."
    )
    status = models.CharField("recrutement", max_length=10, choices=SessionStatus, default=SessionStatus.OPEN)
    seats_total = models.IntegerField("places", null=True, blank=True, help_text="Vide : inconnu.")
    seats_left = models.IntegerField("places restantes", null=True, blank=True, help_text="Vide : inconnu.")
    registration_starts_on = models.DateField("inscriptions du", null=True, blank=True)
    registration_ends_on = models.DateField("inscriptions au", null=True, blank=True)
    address = models.TextField(
        "adresse d’inscription", blank=True, help_text="Si elle n’est pas celle de l’action."
    )
    url = WebAddressField("page", max_length=400, blank=True)
    cancelled_at = models.DateTimeField("annulée le", null=True, blank=True, editable=False)
    seen_at = models.DateTimeField("dernier changement vu le", default=timezone.now, editable=False)
    closed_at = models.DateTimeField("fermée le", null=True, blank=True, editable=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = "session"
        verbose_name_plural = "sessions"
        ordering = ["starts_on", "pk"]
        indexes = [
            models.Index(
                fields=["action", "starts_on", "ends_on"],
                condition=Q(status=SessionStatus.OPEN, closed_at=None, cancelled_at=None),
                name="session_may_be_eligible",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="session_number_is_unique",
                fields=["action", "external_id"],
                violation_error_message="Cette action a déjà une session de ce numéro.",
            ),
            models.CheckConstraint(
                name="session_ends_after_it_starts",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="Le dernier jour ne peut pas précéder le premier.",
            ),
            models.CheckConstraint(
                name="session_registration_ends_after_it_starts",
                condition=Q(registration_starts_on=None)
                | Q(registration_ends_on=None)
                | Q(registration_ends_on__gte=F("registration_starts_on")),
                violation_error_message="Les inscriptions ne peuvent pas finir avant de commencer.",
            ),
            models.CheckConstraint(
                name="session_seats_are_not_negative",
                condition=(Q(seats_total=None) | Q(seats_total__gte=0))
                & (Q(seats_left=None) | Q(seats_left__gte=0)),
                violation_error_message="Un nombre de places ne peut pas être négatif.",
            ),
            models.CheckConstraint(
                name="session_seats_left_are_among_its_seats",
                condition=Q(seats_total=None) | Q(seats_left=None) | Q(seats_left__lte=F("seats_total")),
                violation_error_message="Il ne peut pas rester plus de places que la session n’en a.",
            ),
            only_known("status", SessionStatus, model="session"),
        ]

    def __str__(self) -> str:
        return f"session {self.pk}"

    @property
    def dates(self) -> str:
        """« du 1ᵉʳ mars 2027 au 30 juin 2027 », « courant mars 2027 », « entrées permanentes »."""
        if self.starts_on is None:
            return "entrées permanentes" if self.action.has_permanent_entry else "date à préciser"
        if self.is_start_in_month:
            return f"courant {french.month(self.starts_on)}"
        start = french.day(self.starts_on, year=True)
        if self.ends_on is None or self.is_end_in_month:
            return f"à partir du {start}"
        return f"du {start} au {french.day(self.ends_on, year=True)}"

    @property
    def free_seats(self) -> int | None:
        """What is left once those held here are taken; None when nobody told.

        Read with `select_related("seats")`.
        """
        held = getattr(self, "seats", None)
        return self.seats_left if held is None else held.left

    @property
    def is_full(self) -> bool:
        """Known full; unknown seats are not."""
        return self.free_seats == 0


def sessions_for(occupation_code: str, parent_code: str, x: float, y: float, km: float):
    """The sessions that keep an offer of this occupation, at this place, published; nearest first."""
    return (
        Session.objects.eligible()
        .leading_to_ref(Value(occupation_code), Value(parent_code))
        .within(km, x, y)
        .with_distance(x, y)
    )


def has_session(
    *,
    code: str = "occupation_id",
    parent: str = "occupation__parent_code",
    x: str = "x",
    y: str = "y",
    km: Any = 60,
) -> Exists:
    """For many offers in one query: is there an eligible session for each of them?

    `Offer.objects.filter(has_session(km=60))`, or `.annotate(is_covered=has_session(km=…))`.
    The names are those of the outer rows' fields; `km` is a figure or an `OuterRef`.
    It joins the links and measures, instead of looking positions up: PostgreSQL then joins by
    trade, and answers for 100,000 offers in a tenth of a second (25 s by the spatial index,
    whose estimate misleads it).
    """
    links = "action__training__links__"
    sessions = Session.objects.eligible().alias(
        trade=eligibility.trade_of(f"{links}occupation_id", f"{links}occupation__parent_code"),
        wanted_trade=eligibility.trade_of(OuterRef(code), OuterRef(parent)),
        away=kilometres("action__position", OuterRef(x), OuterRef(y)),
    )
    return Exists(sessions.filter(trade=F("wanted_trade"), away__lte=km))
