"""Contracts as agents see them: every declaration, whether it keeps the promise and why, both versions."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from commitments.contracts.models import Contract, ContractEvent, Mission
from core.admin import EventInline, ReadOnly, TerritoryAdmin


class ContractEventInline(EventInline):
    model = ContractEvent
    verbose_name_plural = "histoire du contrat"


class MissionInline(ReadOnly, admin.TabularInline):
    model = Mission
    fields = ["starts_on", "ends_on", "said_at", "said_by"]
    readonly_fields = ["said_at"]
    extra = 0


@admin.register(Contract)
class ContractAdmin(ReadOnly, TerritoryAdmin):
    list_display = [
        "__str__",
        "person",
        "company",
        "kind",
        "starts_on",
        "status",
        "is_kept",
        "is_outside_promise",
    ]
    list_filter = ["status", "is_kept", "is_outside_promise", "kind", "dispute_reason"]
    search_fields = [
        "commitment__candidate__user__email",
        "commitment__candidate__user__last_name",
        "commitment__company__name",
        "reference",
    ]
    date_hierarchy = "declared_at"
    list_select_related = ["commitment__candidate__user", "commitment__company"]
    inlines = [MissionInline, ContractEventInline]
    fields = [
        ("status", "status_since", "is_outside_promise"),
        ("person", "company", "commitment"),
        ("kind", "starts_on", "ends_on"),
        ("hours_weekly", "pay_gross_monthly", "reference"),
        ("carrier", "carrier_name", "carrier_siret"),
        ("is_kept", "reasons"),
        ("declared_at", "declared_by", "answered_at"),
        ("dispute_reason", "dispute_words"),
    ]
    readonly_fields = ["person", "company", "reasons"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("missions")

    @admin.display(description="candidat", ordering="commitment__candidate__user__last_name")
    def person(self, it: Contract) -> str:
        return it.commitment.candidate.user.get_full_name()

    @admin.display(description="entreprise", ordering="commitment__company__name")
    def company(self, it: Contract) -> str:
        return it.commitment.company.name

    @admin.display(description="ce qui manque")
    def reasons(self, it: Contract) -> str:
        return " ; ".join(it.reasons) or "–"
