"""The life of a session as agents read it, and what they say of it themselves."""

from typing import Any

from django.contrib import admin

from core.admin import ReadOnly
from trainings.models import InCompanyPeriod, SessionChange, SessionMeeting
from trainings.organisations.actions import seats_said_by_agent


class PeriodInline(ReadOnly, admin.TabularInline):
    model = InCompanyPeriod
    fields = ["starts_on", "ends_on"]
    extra = 0


class MeetingInline(ReadOnly, admin.TabularInline):
    model = SessionMeeting
    fields = ["kind", "at", "place"]
    extra = 0


class ChangeInline(ReadOnly, admin.TabularInline):
    """Who said what, and when."""

    template = "admin/history_inline.html"
    model = SessionChange
    fields = ["at", "said_by", "by", "words"]
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("by")


class AgentsSaySeats:
    """The seats that an agent types leave a line of history, and are followed like an organisation's."""

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's.
        super().save_model(request, obj, form, change)  # type: ignore[misc]
        if change and "seats_left" in form.changed_data:
            seats_said_by_agent(obj, by=request.user)

    def save_formset(self, request: Any, form: Any, formset: Any, change: bool) -> None:  # noqa: FBT001
        super().save_formset(request, form, formset, change)  # type: ignore[misc]
        for session, changed in formset.changed_objects:
            if "seats_left" in changed:
                seats_said_by_agent(session, by=request.user)
