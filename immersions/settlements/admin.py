"""Absences to settle, as agents see them: both versions, then who and why."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html_join

from core.admin import EventInline, TerritoryAdmin
from core.rules import RuleBroken
from immersions.settlements.actions import settle_absence
from immersions.settlements.models import Settlement, SettlementEvent
from immersions.settlements.workflow import SettlementStatus
from immersions.stays.models import Whose


class SettleForm(forms.ModelForm):
    whose = forms.ChoiceField(label="Du fait de qui", choices=Whose.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Pourquoi",
        help_text="Les deux parties et la structure d’accompagnement liront ces mots.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    class Meta:
        model = Settlement
        fields = ["whose", "reason"]


class SettlementEventInline(EventInline):
    model = SettlementEvent
    verbose_name_plural = "histoire de la demande"


@admin.register(Settlement)
class SettlementAdmin(TerritoryAdmin):
    """Once settled, it is only read."""

    form = SettleForm
    list_display = ["__str__", "person", "offer", "side", "asked_at", "status", "whose"]
    list_filter = ["status", "side", "whose"]
    search_fields = ["application__candidate__user__last_name", "application__offer__company__name"]
    list_select_related = ["application__offer__company", "application__candidate__user"]
    readonly_fields = ["person", "offer", "versions", "side", "words", "asked_at", "status", "settled_at"]
    fields = [*readonly_fields, "whose", "reason"]
    inlines = [SettlementEventInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Settlement | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Settlement | None = None) -> bool:
        is_open = obj is None or obj.status == SettlementStatus.ASKED
        return is_open and super().has_change_permission(request, obj)

    @admin.display(description="candidat")
    def person(self, it: Settlement) -> str:
        return it.application.candidate.user.get_full_name()

    @admin.display(description="offre")
    def offer(self, it: Settlement) -> str:
        return f"{it.application.offer.title}, {it.application.offer.company.name}"

    @admin.display(description="les deux versions")
    def versions(self, it: Settlement) -> Any:
        lines = (
            (version.get_side_display(), version.words, version.get_whose_display())
            for version in it.application.absences.all()
        )
        return format_html_join("\n", "<p><strong>{}</strong> : « {} » Du fait de qui : {}</p>", lines)

    def save_model(self, request: Any, obj: Settlement, form: Any, change: bool) -> None:  # noqa: FBT001
        """The site's own action decides; somebody may have settled it meanwhile."""
        try:
            settle_absence(obj, by=request.user, **form.cleaned_data)
        except RuleBroken as refusal:
            self.message_user(request, refusal.message, "error")
