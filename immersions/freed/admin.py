"""Who waits for a place, as agents see it."""

from typing import Any

from django.contrib import admin

from core.admin import ReadOnly, TerritoryAdmin
from immersions.freed.models import SlotWait


@admin.register(SlotWait)
class SlotWaitAdmin(ReadOnly, TerritoryAdmin):
    """Read, never written by hand."""

    list_display = ["__str__", "person", "slot", "asked_at", "told_at"]
    search_fields = ["slot__offer__title", "slot__offer__company__name", "candidate__user__last_name"]
    list_select_related = ["slot__offer__company", "candidate__user"]
    fields = ["person", "slot", "asked_at", "told_at"]
    readonly_fields = ["person"]

    @admin.display(description="candidat")
    def person(self, it: Any) -> str:
        return it.candidate.user.get_full_name()
