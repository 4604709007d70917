"""The delays of a Region, as its agents change them: a form with bounds, and Django's history."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.admin import TerritoryAdmin
from territories import delays, travel
from territories.models import AgentTerritory, Region, RegionDelays, RegionWait
from territories.models.waits import LONGEST

EFFECT = (
    "Un délai changé vaut aussitôt, y compris pour ce qui attend déjà : la prochaine étape vient au nouveau jour, "
    "une étape déjà faite ne se refait pas. Une fin avancée ne clôt rien avant trois jours : qui attend est prévenu "
    "d’abord. Gardent le jour déjà annoncé : une modification de projet à signer, une "
    "tâche déjà confiée à un agent, un point d’étape déjà prévu (il peut seulement venir plus tard)."
)
DELAYS = [
    (
        "Convention et arrivée (jours avant le premier jour)",
        {
            "description": EFFECT,
            "fields": [
                "booking_notice_working_days",
                "agreement_first_reminder_days",
                "agreement_second_reminder_days",
                "sheet_days",
            ],
        },
    ),
    (
        "Projet à signer (jours avant sa date limite)",
        {
            "fields": [
                "proposal_first_reminder_days",
                "proposal_agent_days",
                "proposal_second_reminder_days",
            ]
        },
    ),
    (
        "Pendant la formation",
        {
            "fields": [
                "check_in_from_days",
                "check_in_twice_from_days",
                "internship_notice_days",
            ]
        },
    ),
]
TRAVEL = ("Trajet en voiture jusqu’à une formation (estimation)", {"fields": list(travel.FIGURES)})


def _field(name: str, step: str) -> str:
    return f"wait-{name}-{step}"


def wait_fieldsets() -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{it.title} ({it.unit})", {"fields": [tuple(_field(it.name, step) for step in it.usual)]})
        for it in delays.choices()
    ]


class DelaysForm(forms.ModelForm):
    """The Region's own columns, and the steps of every wait that the lifecycles let it choose."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for choice in delays.choices():
                for step, days in delays.days_in(self.instance, choice.name).items():
                    self.initial.setdefault(_field(choice.name, step), days)

    def clean(self) -> dict[str, Any]:
        cleaned = cast("dict[str, Any]", super().clean() or self.cleaned_data)
        for choice in delays.choices():
            fields = {step: _field(choice.name, step) for step in choice.usual}
            if all(name in cleaned for name in fields.values()):
                self._check(choice, {step: cleaned[name] for step, name in fields.items()})
        return cleaned

    def _check(self, choice: delays.Choice, days: dict[str, int | None]) -> None:
        """The sentence of the table's own constraint, beside the first of its fields."""
        try:
            delays.proposed(self.instance, choice.name, days).validate_constraints(exclude={"region", "name"})
        except ValidationError as refusal:
            self.add_error(_field(choice.name, next(iter(choice.usual))), refusal.messages)

    def choose(self) -> None:
        """Once the Region itself is saved."""
        for choice in delays.choices():
            names = {step: _field(choice.name, step) for step in choice.usual}
            if any(name in self.changed_data for name in names.values()):
                delays.choose(
                    self.instance,
                    choice.name,
                    {step: self.cleaned_data[name] for step, name in names.items()},
                )


class WithWaits(admin.ModelAdmin):
    """A page of a Region that also holds its waits."""

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002
        if not self.has_change_permission(request, obj):
            return super().get_form(request, obj, change, **kwargs)
        fields = {
            _field(choice.name, step): forms.IntegerField(
                label=str(RegionWait._meta.get_field(step).verbose_name).capitalize(),  # type: ignore[union-attr]
                min_value=1,
                max_value=LONGEST,
                required=False,
                help_text=f"D’habitude : {days}.",
            )
            for choice in delays.choices()
            for step, days in choice.usual.items()
        }
        form = type("WithWaitsForm", (DelaysForm,), fields)
        return super().get_form(request, obj, change, **{"form": form, **kwargs})

    def with_waits(self, request: HttpRequest, obj: Any) -> list[Any]:
        """Who may only read gets a list."""
        if self.has_change_permission(request, obj):
            return wait_fieldsets()
        return [("Autres délais", {"fields": ["all_waits"]})]

    @admin.display(description="délais")
    def all_waits(self, region: Region) -> SafeString:
        names = {step: RegionWait._meta.get_field(step).verbose_name for step in delays.STEPS}  # type: ignore[union-attr]
        lines = [
            (
                choice.title,
                ", ".join(
                    f"{names[step]} {days}" for step, days in delays.days_in(region, choice.name).items()
                ),
                choice.unit,
            )
            for choice in delays.choices()
        ]
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{} : {} ({})</li>", lines))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        super().save_related(request, form, formsets, change)
        form.choose()
        transaction.on_commit(travel.forget)
        transaction.on_commit(delays.forget)


@admin.register(RegionDelays)
class RegionDelaysAdmin(WithWaits, TerritoryAdmin):
    """An agent of the whole Region changes them; an agent of some departments reads them."""

    list_display = [
        "name",
        "booking_notice_working_days",
        "agreement_first_reminder_days",
        "sheet_days",
        "proposal_first_reminder_days",
    ]
    readonly_fields = ["name", "all_waits"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return [(None, {"fields": ["name"]}), *DELAYS, *self.with_waits(request, obj), TRAVEL]

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
