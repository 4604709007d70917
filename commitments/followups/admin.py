"""Follow-ups as agents see them: what is known, who said it, and what stays unknown."""

from django.contrib import admin

from commitments.followups.models import FollowUp, FollowUpAnswer, FollowUpEvent
from commitments.followups.workflow import FOLLOW_UP_WORKFLOW, PLAN
from core.admin import EventInline, ReadOnly, TerritoryAdmin


class FollowUpEventInline(EventInline):
    model = FollowUpEvent
    workflow = FOLLOW_UP_WORKFLOW
    also = {PLAN: "Prévoir la question"}
    verbose_name_plural = "histoire du suivi"


class AnswerInline(ReadOnly, admin.TabularInline):
    model = FollowUpAnswer
    fields = ["said_by", "said_at", "situation", "satisfaction", "same_trade", "same_training"]
    readonly_fields = ["said_at"]
    extra = 0


@admin.register(FollowUp)
class FollowUpAdmin(ReadOnly, TerritoryAdmin):
    list_display = ["__str__", "person", "company", "moment", "due_on", "status", "situation", "said_by"]
    list_filter = ["status", "moment", "situation", "said_by", "satisfaction", "same_trade", "same_training"]
    search_fields = [
        "commitment__candidate__user__email",
        "commitment__candidate__user__last_name",
        "commitment__company__name",
    ]
    date_hierarchy = "due_on"
    list_select_related = ["commitment__candidate__user", "commitment__company"]
    inlines = [AnswerInline, FollowUpEventInline]
    fields = [
        ("status", "status_since", "wait_step"),
        ("person", "company", "commitment"),
        ("moment", "due_on"),
        ("situation", "said_by", "answered_at"),
        ("satisfaction", "same_trade", "same_training"),
    ]
    readonly_fields = ["person", "company"]

    @admin.display(description="candidat", ordering="commitment__candidate__user__last_name")
    def person(self, it: FollowUp) -> str:
        return it.commitment.candidate.user.get_full_name()

    @admin.display(description="entreprise", ordering="commitment__company__name")
    def company(self, it: FollowUp) -> str:
        return it.commitment.company.name
