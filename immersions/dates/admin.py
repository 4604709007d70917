"""Changes of dates as agents see them: proposed, answered, by whom."""

from typing import Any

from django.contrib import admin

from core.admin import EventInline
from immersions.dates import periods
from immersions.dates.models import DateProposal, DateProposalEvent
from immersions.stays.admin import OfAStay


class DateProposalEventInline(EventInline):
    model = DateProposalEvent
    verbose_name_plural = "histoire de la proposition"


@admin.register(DateProposal)
class DateProposalAdmin(OfAStay):
    list_display = ["__str__", "person", "offer", "proposed_by", "status", "proposed_at"]
    list_filter = ["status", "proposed_by", "if_not"]
    date_hierarchy = "proposed_at"
    fields = [
        "application",
        ("status", "status_since"),
        "proposed_by",
        "dates",
        "words",
        "if_not",
        "proposed_at",
    ]
    readonly_fields = ["dates"]
    inlines = [DateProposalEventInline]

    @admin.display(description="dates proposées")
    def dates(self, proposal: DateProposal) -> Any:
        return " ; ou ".join(periods.words_of(choice) for choice in proposal.choices)
