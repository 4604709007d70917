"""Prepared applications as agents see them."""

from typing import Any

from django.contrib import admin

from core.admin import EventInline, ReadOnly, TerritoryAdmin
from immersions.prepared.models import PreparedApplication, PreparedEvent


class PreparedEventInline(EventInline):
    model = PreparedEvent
    verbose_name_plural = "histoire"


@admin.register(PreparedApplication)
class PreparedAdmin(ReadOnly, TerritoryAdmin):
    """Read, never written by hand."""

    list_display = ["__str__", "person", "offer", "prepared_by", "status", "prepared_at"]
    list_filter = ["status"]
    search_fields = ["offer__title", "offer__company__name", "candidate__user__last_name"]
    list_select_related = ["offer__company", "candidate__user", "prepared_by"]
    fields = [("status", "status_since"), "person", "offer", "prepared_by", "prepared_at", "application"]
    readonly_fields = ["person"]
    inlines = [PreparedEventInline]

    @admin.display(description="candidat")
    def person(self, it: Any) -> str:
        return it.candidate.user.get_full_name()
