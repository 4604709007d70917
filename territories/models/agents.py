import datetime as dt
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from territories.models.places import Department
from territories.models.regions import Region

if TYPE_CHECKING:
    from accounts.models import User


class AgentTerritory(models.Model):
    """What an agent of a Region sees: some departments, or the whole region when none is named."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="agent_territory",
        verbose_name="agent",
    )
    region = models.ForeignKey(
        Region,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="région",
        help_text="Sans département choisi, l’agent voit toute la région.",
    )
    departments = models.ManyToManyField(
        Department, blank=True, related_name="+", verbose_name="départements"
    )

    class Meta:
        verbose_name = "territoire d’un agent"
        verbose_name_plural = "territoires des agents"

    def __str__(self) -> str:
        return str(self.user)


class AgentTaskQuerySet(models.QuerySet["AgentTask"]):
    def open(self) -> Self:
        return self.filter(done_at=None)

    def late(self) -> Self:
        return self.open().filter(due_on__lt=timezone.localdate())

    def for_agent(self, user: "User") -> Self:
        """The tasks of the departments that `user` watches over, and those of no department."""
        from_there = Q(department__in=departments_of(user))
        if not (user.is_superuser or AgentTerritory.objects.filter(user=user).exists()):
            return self.none()
        return self.filter(from_there | Q(department=None))

    in_territory_of = for_agent  # The name that every admin page of the house calls.


class AgentTask(models.Model):
    """Something that an agent of the Region must do by hand."""

    kind = models.CharField("sorte", max_length=40)
    title = models.CharField("à faire", max_length=200)
    detail = models.TextField("précisions", blank=True)
    url = models.CharField("page", max_length=300, blank=True)
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="département",
    )
    unique_key = models.CharField("clé", max_length=200, unique=True, editable=False)
    created_at = models.DateTimeField("créée le", default=timezone.now, editable=False)
    due_on = models.DateField("pour le", null=True, blank=True)
    done_at = models.DateTimeField("faite le", null=True, blank=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name="faite par",
    )
    outcome = models.TextField("suite donnée", blank=True)

    objects = AgentTaskQuerySet.as_manager()

    class Meta:
        verbose_name = "tâche d’agent"
        verbose_name_plural = "tâches des agents"
        ordering = ["due_on", "created_at", "pk"]
        indexes = [
            models.Index(
                fields=["department", "due_on"],
                condition=Q(done_at=None),
                name="agenttask_open",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_late(self) -> bool:
        today: dt.date = timezone.localdate()
        return self.done_at is None and self.due_on is not None and self.due_on < today


def departments_of(user: "User") -> models.QuerySet[Department]:
    """The departments that `user` watches over, as an agent of a Region. Nobody else has any."""
    if user.is_superuser:
        return Department.objects.all()
    chosen = Q(
        pk__in=AgentTerritory.departments.through.objects.filter(agentterritory__user=user).values(
            "department"
        )
    )
    whole = Q(region__in=AgentTerritory.objects.filter(user=user, departments=None).values("region"))
    return Department.objects.filter(chosen | whole)
