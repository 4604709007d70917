"""« Où en êtes-vous ? », at the end of the training, 1, 6 and 12 months later. Every answer is kept."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from accounts.roles import ADVISOR, CANDIDATE, COMPANY
from commitments.followups.queries import FollowUpQuerySet
from commitments.followups.workflow import FollowUpStatus
from commitments.projects.exits import Situation
from commitments.projects.models import Commitment
from core.models import Event, Stateful
from core.rules import only_known
from core.tokens import new_token


class Moment(models.TextChoices):
    END = "end", "À la fin"
    ONE_MONTH = "m1", "1 mois après"
    SIX_MONTHS = "m6", "6 mois après"
    TWELVE_MONTHS = "m12", "12 mois après"


MONTHS_AFTER = {Moment.END: 0, Moment.ONE_MONTH: 1, Moment.SIX_MONTHS: 6, Moment.TWELVE_MONTHS: 12}


class Satisfaction(models.IntegerChoices):
    VERY = 4, "Très content·e"
    RATHER = 3, "Plutôt content·e"
    NOT_MUCH = 2, "Plutôt déçu·e"
    NOT_AT_ALL = 1, "Déçu·e"


class Again(models.TextChoices):
    YES = "yes", "Oui"
    NO = "no", "Non"
    UNSURE = "unsure", "Je ne sais pas"


class Speaker(models.TextChoices):
    """Who says it; the same names as the roles."""

    CANDIDATE = CANDIDATE, "La personne elle-même"
    ADVISOR = ADVISOR, "Son conseiller"
    COMPANY = COMPANY, "L’entreprise"


class FollowUp(Stateful):
    """One question at one moment. What prevails stands here: the person's own answer, else the last one."""

    LINK_LASTS = dt.timedelta(days=90)

    commitment = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, related_name="follow_ups", verbose_name="projet"
    )
    moment = models.CharField("moment", max_length=4, choices=Moment)
    due_on = models.DateField("à demander le")
    status = models.CharField("état", max_length=10, choices=FollowUpStatus, default=FollowUpStatus.TO_COME)
    token = models.CharField("jeton", max_length=40, unique=True, default=new_token, editable=False)
    situation = models.CharField("situation", max_length=15, choices=Situation, blank=True)
    satisfaction = models.PositiveSmallIntegerField(
        "satisfaction", choices=Satisfaction, null=True, blank=True
    )
    same_trade = models.CharField("referait ce choix de métier", max_length=6, choices=Again, blank=True)
    same_training = models.CharField(
        "referait ce choix de formation", max_length=6, choices=Again, blank=True
    )
    said_by = models.CharField("dit par", max_length=10, choices=Speaker, blank=True)
    answered_at = models.DateTimeField("répondu le", null=True, blank=True, editable=False)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = "suivi"
        verbose_name_plural = "suivis"
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index("status", "waiting_since", name="followup_waiting"),
            models.Index("due_on", name="followup_to_ask", condition=Q(status="to_come")),
        ]
        constraints = [
            only_known("status", FollowUpStatus, model="followup"),
            only_known("moment", Moment, model="followup"),
            models.UniqueConstraint(
                name="followup_once_a_moment",
                fields=["commitment", "moment"],
                violation_error_message="Ce suivi existe déjà.",
            ),
            models.CheckConstraint(
                name="followup_answered_has_a_situation",
                condition=Q(status="answered", situation__in=Situation.values, said_by__in=Speaker.values)
                | (~Q(status="answered") & Q(situation="", said_by="")),
                violation_error_message="Dites où en est la personne.",
            ),
        ]

    def __str__(self) -> str:
        return f"suivi {self.pk}"

    @property
    def is_asked(self) -> bool:
        return self.status == FollowUpStatus.ASKED

    @property
    def is_to_come(self) -> bool:
        return self.status == FollowUpStatus.TO_COME

    @property
    def is_answered(self) -> bool:
        return self.status == FollowUpStatus.ANSWERED

    @property
    def link_is_live(self) -> bool:
        begins = dt.datetime.combine(self.due_on, dt.time(), timezone.get_current_timezone())
        return timezone.now() < max(begins, self.waiting_since) + self.LINK_LASTS


class FollowUpAnswer(models.Model):
    """What somebody said, once said never changed."""

    follow_up = models.ForeignKey(
        FollowUp, on_delete=models.CASCADE, related_name="answers", verbose_name="suivi"
    )
    said_by = models.CharField("dit par", max_length=10, choices=Speaker)
    said_at = models.DateTimeField("dit le", default=timezone.now, editable=False)
    user = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="compte",
        help_text="Vide : par le lien reçu.",
    )
    situation = models.CharField("situation", max_length=15, choices=Situation)
    satisfaction = models.PositiveSmallIntegerField(
        "satisfaction", choices=Satisfaction, null=True, blank=True
    )
    same_trade = models.CharField("referait ce choix de métier", max_length=6, choices=Again, blank=True)
    same_training = models.CharField(
        "referait ce choix de formation", max_length=6, choices=Again, blank=True
    )

    class Meta:
        verbose_name = "réponse de suivi"
        verbose_name_plural = "réponses de suivi"
        ordering = ["said_at", "pk"]
        constraints = [
            only_known("said_by", Speaker, model="followupanswer"),
            only_known("situation", Situation, model="followupanswer"),
            models.CheckConstraint(
                name="followupanswer_satisfaction_is_known",
                condition=Q(satisfaction=None) | Q(satisfaction__in=Satisfaction.values),
                violation_error_message="Cette réponse n’existe pas.",
            ),
            models.CheckConstraint(
                name="followupanswer_again_is_known",
                condition=Q(same_trade__in=["", *Again.values], same_training__in=["", *Again.values]),
                violation_error_message="Cette réponse n’existe pas.",
            ),
            models.CheckConstraint(
                name="followupanswer_opinions_are_the_candidates",
                condition=Q(said_by="candidate") | Q(satisfaction=None, same_trade="", same_training=""),
                violation_error_message="Seule la personne dit ce qu’elle en pense.",
            ),
        ]

    def __str__(self) -> str:
        return f"réponse {self.pk}"

    @property
    def what(self) -> tuple[str, int | None, str, str]:
        return self.situation, self.satisfaction, self.same_trade, self.same_training


class FollowUpEvent(Event):
    """One line in the life of a follow-up."""

    follow_up = models.ForeignKey(FollowUp, on_delete=models.CASCADE, related_name="events")

    class Meta(Event.Meta):
        abstract = False
        verbose_name = "événement de suivi"
