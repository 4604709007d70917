"""Seat requests as agents see them: both yes, meetings, letters, history. Read; an agent may only give
a seat back, and says why.
"""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join

from commitments.seats import actions
from commitments.seats.models import (
    Meeting,
    ProjectValidation,
    ProjectValidationEvent,
    SeatRequest,
    SeatRequestEvent,
)
from commitments.seats.workflow import PROJECT_WORKFLOW, REQUEST, SEAT_WORKFLOW
from core.admin import EventInline, ReadOnly, TerritoryAdmin
from core.models import OutgoingMessage
from core.rules import RuleBroken


class SeatRequestEventInline(EventInline):
    model = SeatRequestEvent
    workflow = SEAT_WORKFLOW
    also = {
        REQUEST: "Demander la place",
        "promised": "Rattacher la demande à un projet",
        "session_moved": "La session a changé",
        "came": "Noter : est venu·e à la réunion",
        "did_not_come": "Noter : n’est pas venu·e à la réunion",
        "absence": "Dire une absence",
        "correct_absence": "Corriger une absence",
        "cancel_absence": "Retirer une absence",
        "word": "Écrire un mot à qui accompagne la personne",
    }
    verbose_name_plural = "histoire de la demande"


class ValidationInline(ReadOnly, admin.StackedInline):
    """What one lives on is between the person and their advisor: it is not shown here."""

    model = ProjectValidation
    fields = [("status", "decided_at", "decided_by"), "reason"]
    readonly_fields = ["decided_at"]
    extra = 0


class MeetingInline(ReadOnly, admin.TabularInline):
    model = Meeting
    fields = ["at", "place", "has_come", "invited_at", "invited_by"]
    readonly_fields = ["invited_at"]
    extra = 0


def _said(transition: str) -> str:
    return next((it.label for it in PROJECT_WORKFLOW.transitions if it.name == transition), transition)


class WhyForm(ActionForm):
    words = forms.CharField(label="Pourquoi", required=False, max_length=600)


@admin.register(SeatRequest)
class SeatRequestAdmin(ReadOnly, TerritoryAdmin):
    list_display = [
        "__str__",
        "person",
        "training",
        "starts_on",
        "status",
        "holds_seat",
        "advisor",
        "promise",
    ]
    list_filter = ["status", "holds_seat", "validation__status", "refusal_reason", "leave_reason", "result"]
    search_fields = [
        "candidate__user__email",
        "candidate__user__last_name",
        "session__action__training__title",
        "session__action__training__organisation__name",
    ]
    date_hierarchy = "requested_at"
    list_select_related = [
        "candidate__user",
        "session__action__training__organisation",
        "commitment__company",
        "validation",
    ]
    inlines = [ValidationInline, MeetingInline, SeatRequestEventInline]
    fields = [
        ("status", "status_since", "holds_seat"),
        ("person", "training", "organisation", "promise"),
        ("requested_at", "answered_at", "waitlisted_at", "wait_step"),
        ("refusal_reason", "words"),
        ("entered_on", "left_on", "leave_reason", "result"),
        "project_history",
        "letters",
    ]
    readonly_fields = ["person", "training", "organisation", "promise", "project_history", "letters"]
    action_form = WhyForm
    actions = ["give_back"]

    @admin.display(description="candidat", ordering="candidate__user__last_name")
    def person(self, it: SeatRequest) -> str:
        return it.candidate.user.get_full_name()

    @admin.display(description="formation")
    def training(self, it: SeatRequest) -> str:
        return f"{it.session.action.training.title}, {it.session.dates}"

    @admin.display(description="organisme")
    def organisation(self, it: SeatRequest) -> str:
        return it.organisation.name

    @admin.display(description="premier jour", ordering="session__starts_on")
    def starts_on(self, it: SeatRequest) -> Any:
        return it.session.starts_on

    @admin.display(description="avis du conseiller", ordering="validation__status")
    def advisor(self, it: SeatRequest) -> str:
        return it.validation.get_status_display()

    @admin.display(description="promesse", ordering="commitment")
    def promise(self, it: SeatRequest) -> str:
        return it.commitment.company.name if it.commitment else "–"

    @admin.display(description="histoire de l’avis")
    def project_history(self, it: SeatRequest) -> Any:
        events = ProjectValidationEvent.objects.filter(validation__seat_request=it).select_related("by")
        rows = ((f"{event.at:%d/%m/%Y}", _said(event.transition), event.by or "") for event in events)
        return format_html_join("\n", "<p>{} : {} {}</p>", rows) or "–"

    @admin.display(description="messages")
    def letters(self, it: SeatRequest) -> Any:
        """What was written to whom: the outbox keeps each message, with its preview."""
        rows = OutgoingMessage.objects.filter(key__startswith=f"seat/{it.pk}/")
        lines = (
            (row.pk, row.subject or row.kind, row.to, row.get_status_display()) for row in rows.order_by("pk")
        )
        return format_html_join(
            "\n", '<p><a href="/admin/core/outgoingmessage/{}/change/">{}</a> → {} ({})</p>', lines
        )

    @admin.action(description="Rendre la place (dites pourquoi)", permissions=["view"])
    def give_back(self, request: HttpRequest, requests: QuerySet[SeatRequest]) -> None:
        words = request.POST.get("words", "")
        for it in requests:
            try:
                actions.release_seat(it, by=request.user, why="agent", words=words)
            except RuleBroken as refusal:
                self.message_user(request, f"{it} : {refusal.message}", messages.WARNING)
            else:
                self.message_user(request, f"{it} : la place est rendue.", messages.SUCCESS)
