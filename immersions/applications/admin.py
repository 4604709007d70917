"""Applications as agents see them: where each one stands, since when, and all that happened."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join

from core.admin import EventInline, ReadOnly, TerritoryAdmin
from core.models import OutgoingMessage
from immersions.applications.models import Application, ApplicationEvent, Booking, Question
from immersions.applications.words import day_words
from immersions.applications.workflow import APPLICATION_WORKFLOW, SUBMIT


class ApplicationEventInline(EventInline):
    model = ApplicationEvent
    workflow = APPLICATION_WORKFLOW
    also = {SUBMIT: "Envoyer la candidature"}
    verbose_name_plural = "histoire de la candidature"


class BookingInline(ReadOnly, admin.TabularInline):
    model = Booking
    fields = ["slot", "period", "booked_at"]
    readonly_fields = ["period"]
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[Booking]:
        return super().get_queryset(request).select_related("slot")

    @admin.display(description="dates")
    def period(self, booking: Booking) -> str:
        return f"{day_words(booking.slot.first_day)} – {day_words(booking.slot.last_day)}"


class QuestionInline(ReadOnly, admin.TabularInline):
    model = Question
    fields = ["text", "asked_at", "answer", "answered_at"]
    extra = 0


@admin.register(Application)
class ApplicationAdmin(ReadOnly, TerritoryAdmin):
    """Read, never written by hand: each side decides on its own pages."""

    list_display = ["__str__", "person", "offer", "company", "status", "submitted_on", "answer_by"]
    list_filter = ["status", "end_reason", "ended_by", "offer__commune__department"]
    search_fields = [
        "offer__title",
        "offer__company__name",
        "candidate__user__email",
        "candidate__user__last_name",
    ]
    date_hierarchy = "submitted_at"
    list_select_related = ["offer__company", "candidate__user"]
    inlines = [BookingInline, QuestionInline, ApplicationEventInline]
    fields = [
        ("status", "status_since"),
        ("person", "offer", "company"),
        ("submitted_at", "answer_by", "wait_step"),
        "renews",
        ("why", "experience", "needs"),
        ("end_reason", "end_words", "ended_by"),
        "letters",
    ]
    readonly_fields = ["person", "company", "answer_by", "letters"]

    @admin.display(description="candidat", ordering="candidate__user__last_name")
    def person(self, application: Application) -> str:
        return application.candidate.user.get_full_name()

    @admin.display(description="entreprise", ordering="offer__company__name")
    def company(self, application: Application) -> str:
        return application.offer.company.name

    @admin.display(description="envoyée le", ordering="submitted_at")
    def submitted_on(self, application: Application) -> str:
        return day_words(application.submitted_on)

    @admin.display(description="réponse avant le", ordering="waiting_since")
    def answer_by(self, application: Application) -> str:
        return day_words(application.answer_due_on) if application.status == "submitted" else "–"

    @admin.display(description="messages")
    def letters(self, application: Application) -> Any:
        """What was written to whom: the outbox keeps each message, with its preview."""
        rows = OutgoingMessage.objects.filter(key__startswith=f"application/{application.pk}/")
        lines = (
            (row.pk, row.subject or row.kind, row.to, row.get_status_display()) for row in rows.order_by("pk")
        )
        return format_html_join(
            "\n", '<p><a href="/admin/core/outgoingmessage/{}/change/">{}</a> → {} ({})</p>', lines
        )
