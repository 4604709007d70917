"""Stays as agents see them: reports, signals, versions; and the grids that they may write."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from core.admin import EventInline, ReadOnly, TerritoryAdmin
from immersions.stays.models import (
    Absence,
    Attestation,
    GridSkill,
    Incident,
    Observation,
    Report,
    ReportEvent,
)
from immersions.stays.workflow import REPORT_WORKFLOW

PEOPLE = [
    "application__offer__title",
    "application__offer__company__name",
    "application__candidate__user__last_name",
]


class ObservationInline(ReadOnly, admin.TabularInline):
    model = Observation
    fields = ["skill", "level"]
    extra = 0


class ReportEventInline(EventInline):
    model = ReportEvent
    workflow = REPORT_WORKFLOW
    verbose_name_plural = "histoire du bilan"


class OfAStay(ReadOnly, TerritoryAdmin):
    """Read, never written by hand."""

    search_fields = PEOPLE
    list_select_related = ["application__offer__company", "application__candidate__user"]

    @admin.display(description="candidat")
    def person(self, it: Any) -> str:
        return it.application.candidate.user.get_full_name()

    @admin.display(description="offre")
    def offer(self, it: Any) -> str:
        return f"{it.application.offer.title}, {it.application.offer.company.name}"


@admin.register(Report)
class ReportAdmin(OfAStay):
    """A private word is between the person and their advisor: it is not shown here."""

    list_display = ["__str__", "person", "offer", "side", "status", "fits", "goes_on", "asked_at"]
    list_filter = ["status", "side", "fits", "goes_on", "came"]
    fields = [
        "application",
        "side",
        "status",
        "came",
        "half_days",
        "fits",
        "goes_on",
        "what_next",
        "words",
        "given_at",
    ]
    inlines = [ObservationInline, ReportEventInline]


@admin.register(Incident)
class IncidentAdmin(OfAStay):
    list_display = ["__str__", "kind", "side", "person", "offer", "said_at"]
    list_filter = ["kind", "side"]
    fields = ["application", "kind", "side", "words", "said_at", "said_by"]


@admin.register(Absence)
class AbsenceAdmin(OfAStay):
    list_display = ["__str__", "side", "whose", "person", "offer", "said_at"]
    list_filter = ["side", "whose"]
    fields = ["application", "side", "whose", "words", "said_at"]


@admin.register(Attestation)
class AttestationAdmin(OfAStay):
    list_display = ["__str__", "person", "offer", "issued_at", "code"]
    fields = ["application", "code", "sha256", "issued_at"]


@admin.register(GridSkill)
class GridSkillAdmin(admin.ModelAdmin):
    """An occupation's own grid replaces the one we ship. The same in every Region."""

    is_national = True
    list_display = ["occupation", "order", "text"]
    list_display_links = ["text"]
    search_fields = ["text", "occupation__title", "occupation__code"]
    autocomplete_fields = ["occupation"]

    def get_queryset(self, request: HttpRequest):
        return super().get_queryset(request).select_related("occupation")
