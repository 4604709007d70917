"""What every admin page of the house shares: the site's own actions, histories, territory."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet

from core import french
from core.rules import RuleBroken
from core.workflow import Workflow

ROLES = {
    "candidate": "demandeur d’emploi",
    "company": "entreprise",
    "organisation": "organisme de formation",
    "advisor": "conseiller",
    "agent": "agent de la Région",
    "system": "le service",
}


def act_on_each(
    page: admin.ModelAdmin, request, things: QuerySet, action: Callable[..., Any], *, done: str
) -> None:
    """Do to each chosen thing what the site itself would do, and tell the agent what happened.

    `done` agrees with how many: « offre(s) renvoyée(s) ».
    """
    count = 0
    for thing in things:
        try:
            action(thing, by=request.user)
        except RuleBroken as refusal:
            page.message_user(request, f"{thing} : {refusal.message}", messages.WARNING)
        else:
            count += 1
    if count:
        page.message_user(request, f"{french.agreed(count, done)}.", messages.SUCCESS)


class ReadOnly:
    """For what the site writes and an agent only reads."""

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


class EventInline(ReadOnly, admin.TabularInline):
    """The life of a row, line by line."""

    template = "admin/history_inline.html"

    fields = readonly_fields = ["at", "what", "before", "after", "whose", "who", "note"]
    extra = 0
    workflow: Workflow | None = None
    also: dict[str, str] = {}
    """What is written in the life of a row without being a move of its table: its first line, what changed."""

    @admin.display(description="action")
    def what(self, event) -> str:
        lines = self.workflow.transitions if self.workflow else ()
        return next(
            (line.label for line in lines if line.name == event.transition),
            self.also.get(event.transition, event.transition),
        )

    @admin.display(description="de")
    def before(self, event) -> str:
        return self.said(event.from_status)

    @admin.display(description="à")
    def after(self, event) -> str:
        return self.said(event.to_status)

    @admin.display(description="en tant que")
    def whose(self, event) -> str:
        return ROLES.get(event.role, event.role)

    @admin.display(description="par")
    def who(self, event) -> str:
        return event.by.name_or_address if event.by else "–"

    def said(self, status: str) -> str:
        """The status in French, as the row itself says it."""
        choices = dict(self.parent_model._meta.get_field("status").flatchoices)
        return str(choices.get(status, status))

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("by")


class TerritoryAdmin(admin.ModelAdmin):
    """An agent sees the rows of their territory: the queryset of the model decides which.

    The model's QuerySet has a method `in_territory_of(user)`; a test holds every admin of the
    house to it, or to an entry in its list of what is national.
    """

    show_full_result_count = False

    def get_queryset(self, request):
        return super().get_queryset(request).in_territory_of(request.user)
