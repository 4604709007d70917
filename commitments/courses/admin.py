"""Trainings under way as agents see them, in their territory: internships, files to look after. Read."""

from typing import Any

from django.contrib import admin

from commitments.courses.internship_models import Internship, InternshipChange, InternshipDocument
from commitments.courses.models import (
    CheckIn,
    Concern,
    ConcernEvent,
    CourseResult,
    TrainingAbsence,
)
from core.admin import EventInline, ReadOnly, TerritoryAdmin


class ResultInline(ReadOnly, admin.StackedInline):
    model = CourseResult
    fields = readonly_fields = ["blocks", "said_at", "said_by"]
    extra = 0


class AbsenceInline(ReadOnly, admin.TabularInline):
    model = TrainingAbsence
    fields = readonly_fields = ["kind", "first_day", "last_day", "reason", "is_current", "said_at", "said_by"]
    extra = 0


class CheckInInline(ReadOnly, admin.TabularInline):
    """What people said in their own words is read by who accompanies them, not here."""

    model = CheckIn
    fields = readonly_fields = ["side", "number", "due_on", "status", "answered_at"]
    extra = 0


class ConcernEventInline(EventInline):
    model = ConcernEvent
    verbose_name_plural = "histoire du dossier"


class ChangeInline(ReadOnly, admin.TabularInline):
    model = InternshipChange
    fields = readonly_fields = ["words", "role", "at", "by"]
    extra = 0


class DocumentInline(ReadOnly, admin.TabularInline):
    """That there is one; the paper itself is read by the parties."""

    model = InternshipDocument
    fields = readonly_fields = ["role", "given_at", "given_by"]
    extra = 0


@admin.register(Concern)
class ConcernAdmin(ReadOnly, TerritoryAdmin):
    list_display = ["__str__", "person", "training", "cause", "status", "opened_at", "closed_at"]
    list_filter = ["status", "cause"]
    search_fields = ["seat_request__candidate__user__last_name", "seat_request__candidate__user__email"]
    list_select_related = ["seat_request__candidate__user", "seat_request__session__action__training"]
    date_hierarchy = "opened_at"
    fields = [
        ("status", "cause"),
        ("person", "training"),
        ("opened_at", "wait_step"),
        ("closed_at", "closed_by"),
        "words",
    ]
    readonly_fields = ["person", "training"]
    inlines = [ConcernEventInline]

    @admin.display(description="candidat", ordering="seat_request__candidate__user__last_name")
    def person(self, it: Concern) -> str:
        return it.seat_request.candidate.user.get_full_name()

    @admin.display(description="formation")
    def training(self, it: Concern) -> str:
        session = it.seat_request.session
        return f"{session.action.training.title}, {session.dates}"


@admin.register(Internship)
class InternshipAdmin(ReadOnly, TerritoryAdmin):
    list_display = ["__str__", "person", "place", "starts_on", "ends_on", "is_by_default", "cancelled_at"]
    list_filter = ["is_by_default"]
    search_fields = ["candidate__user__last_name", "candidate__user__email", "company__name", "host_name"]
    list_select_related = ["candidate__user", "company"]
    date_hierarchy = "starts_on"
    fields = [
        "person",
        ("company", "host_name", "elsewhere_reason"),
        ("starts_on", "ends_on"),
        ("session_from", "session_to"),
        ("created_at", "cancelled_at"),
    ]
    readonly_fields = ["person"]
    inlines = [DocumentInline, ChangeInline]

    @admin.display(description="stagiaire", ordering="candidate__user__last_name")
    def person(self, it: Internship) -> str:
        return it.candidate.user.get_full_name()

    @admin.display(description="entreprise")
    def place(self, it: Internship) -> Any:
        return it.place
