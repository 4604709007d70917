"""The delays of a Region, as its agents change them: a form with bounds, and Django's history."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from core.admin import TerritoryAdmin
from territories.models import AgentTerritory, RegionDelays

DELAYS = [
    (
        "Réponse de l’entreprise à une candidature (jours depuis l’envoi)",
        {
            "fields": [
                "answer_first_reminder_days",
                "answer_second_reminder_days",
                "answer_agent_days",
                "answer_days",
            ]
        },
    ),
    (
        "Convention et arrivée (jours avant le premier jour)",
        {
            "fields": [
                "booking_notice_working_days",
                "agreement_first_reminder_days",
                "agreement_second_reminder_days",
                "sheet_days",
            ]
        },
    ),
    ("Bilans (jours après la fin)", {"fields": ["report_reminder_days", "report_agent_days"]}),
]


@admin.register(RegionDelays)
class RegionDelaysAdmin(TerritoryAdmin):
    """An agent of the whole Region changes them; an agent of some departments reads them."""

    list_display = [
        "name",
        "answer_days",
        "booking_notice_working_days",
        "agreement_first_reminder_days",
        "sheet_days",
        "report_agent_days",
    ]
    readonly_fields = ["name"]
    fieldsets = [(None, {"fields": ["name"]}), *DELAYS]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: RegionDelays | None = None) -> bool:
        may = super().has_change_permission(request, obj)
        if obj is None or request.user.is_superuser:
            return may
        whole = AgentTerritory.objects.filter(user=request.user, region=obj.pk, departments=None)
        return may and whole.exists()
