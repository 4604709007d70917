"""Agreements as agents see them: where each one stands, who signed what, and all that happened."""

from typing import Any

from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.timezone import localtime

from core import french
from core.admin import EventInline, ReadOnly, TerritoryAdmin
from core.models import OutgoingMessage
from immersions.agreements.models import Agreement, AgreementEvent, AgreementVersion, Signature
from immersions.agreements.workflow import AGREEMENT_WORKFLOW


class AgreementEventInline(EventInline):
    model = AgreementEvent
    workflow = AGREEMENT_WORKFLOW
    verbose_name_plural = "histoire de la convention"


class AgreementVersionInline(ReadOnly, admin.TabularInline):
    model = AgreementVersion
    fields = ["number", "frozen_at", "sha256", "code"]
    extra = 0


@admin.register(Agreement)
class AgreementAdmin(ReadOnly, TerritoryAdmin):
    """Read, never written by hand. The text, with its date of birth, is for its parties only."""

    list_display = ["__str__", "person", "company", "status", "structure", "opened_at"]
    list_filter = ["status", "application__offer__commune__department"]
    search_fields = [
        "application__candidate__user__email",
        "application__candidate__user__last_name",
        "application__offer__company__name",
        "versions__code",
    ]
    date_hierarchy = "opened_at"
    list_select_related = ["application__candidate__user", "application__offer__company", "structure"]
    inlines = [AgreementVersionInline, AgreementEventInline]
    fields = [
        ("status", "status_since"),
        ("person", "company"),
        ("structure", "advisor"),
        "opened_at",
        "signed_by",
        "letters",
    ]
    readonly_fields = ["person", "company", "signed_by", "letters"]

    @admin.display(description="candidat", ordering="application__candidate__user__last_name")
    def person(self, agreement: Agreement) -> str:
        return agreement.application.candidate.user.get_full_name()

    @admin.display(description="entreprise", ordering="application__offer__company__name")
    def company(self, agreement: Agreement) -> str:
        return agreement.application.offer.company.name

    @admin.display(description="signatures")
    def signed_by(self, agreement: Agreement) -> Any:
        """Who, in which role, when, how, on which version."""
        rows = Signature.objects.filter(version__agreement=agreement).select_related("version")
        lines = (
            (
                row.get_role_display(),
                row.name,
                french.written(localtime(row.signed_at), "j F Y à H:i"),
                row.how,
                row.version.number,
            )
            for row in rows.order_by("signed_at")
        )
        return format_html_join("\n", "<p>{} : {}, {} ({}), version {}</p>", lines)

    @admin.display(description="messages")
    def letters(self, agreement: Agreement) -> Any:
        rows = OutgoingMessage.objects.filter(key__startswith=f"agreement/{agreement.pk}/")
        lines = (
            (row.pk, row.subject or row.kind, row.to, row.get_status_display()) for row in rows.order_by("pk")
        )
        return format_html_join(
            "\n", '<p><a href="/admin/core/outgoingmessage/{}/change/">{}</a> → {} ({})</p>', lines
        )
