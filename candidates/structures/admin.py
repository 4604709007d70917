"""Structures and follow-ups as the agents of the Region see them, each in their territory."""

from typing import Any

from django.contrib import admin

from candidates.structures.channel import tell_channel
from candidates.structures.models import BasinDefault, Following, FollowingEvent, SupportStructure
from core.admin import EventInline, ReadOnly, TerritoryAdmin
from territories.models import EmploymentBasin


class BasinDefaultInline(admin.TabularInline):
    """The basins whose « je ne sais pas » this structure answers: one structure for each."""

    model = BasinDefault
    extra = 0

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "basin":
            kwargs["queryset"] = EmploymentBasin.objects.in_territory_of(request.user)
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        field.widget.attrs["aria-label"] = db_field.verbose_name
        return field


@admin.register(SupportStructure)
class SupportStructureAdmin(TerritoryAdmin):
    list_display = ["name", "kind", "commune", "may_prescribe", "agreement_channel", "has_space", "is_open"]
    list_filter = ["kind", "may_prescribe", "prescribes_by", "agreement_channel", "is_open"]
    search_fields = ["name", "external_code", "commune__name", "organisation__siret"]
    list_select_related = ["commune", "organisation"]
    autocomplete_fields = ["organisation", "commune"]
    inlines = [BasinDefaultInline]
    readonly_fields = ["created_at"]
    fieldsets = [
        (None, {"fields": ["name", "kind", "external_code", "legal_form", "organisation", "is_open"]}),
        ("Où et comment la joindre", {"fields": ["address", "postcode", "commune", "email", "phone"]}),
        (
            "Conventions d’immersion",
            {"fields": ["may_prescribe", "prescribes_by", "delegation_until", "agreement_channel"]},
        ),
        (None, {"fields": ["created_at"]}),
    ]

    @admin.display(description="espace ouvert", boolean=True)
    def has_space(self, structure: SupportStructure) -> bool:
        return structure.organisation_id is not None

    def save_model(self, request: Any, obj: SupportStructure, form: Any, change: bool) -> None:  # noqa: FBT001
        if change and "commune" not in form.changed_data:
            obj.place_at(obj.x, obj.y)
        else:
            obj.place_at(obj.commune.x, obj.commune.y)
        super().save_model(request, obj, form, change)
        if change and "agreement_channel" in form.changed_data:
            tell_channel(obj, by=request.user)


class FollowingEventInline(EventInline):
    model = FollowingEvent
    verbose_name_plural = "histoire de l’accompagnement"


@admin.register(Following)
class FollowingAdmin(ReadOnly, TerritoryAdmin):
    """Read, never written by hand: the person chooses, the structure answers."""

    list_display = ["person", "structure", "status", "origin", "asked_on", "answer_by"]
    list_filter = ["status", "origin", "reason", "structure__kind"]
    search_fields = ["candidate__user__last_name", "candidate__user__email", "structure__name"]
    search_help_text = "Adresse e-mail ou nom de la personne qui vous appelle, ou nom de la structure."
    list_select_related = ["candidate__user", "structure__commune", "advisor"]
    inlines = [FollowingEventInline]
    fields = [
        ("person", "email", "phone"),
        ("structure", "structure_phone", "structure_email"),
        ("status", "status_since", "answer_by"),
        ("origin", "asked_on"),
        ("reason", "how_to_register"),
    ]
    readonly_fields = [
        "person",
        "email",
        "phone",
        "structure_phone",
        "structure_email",
        "asked_on",
        "answer_by",
    ]

    @admin.display(description="personne", ordering="candidate__user__last_name")
    def person(self, following: Following) -> str:
        return following.person

    @admin.display(description="son adresse e-mail")
    def email(self, following: Following) -> str:
        return following.candidate.user.email

    @admin.display(description="son téléphone")
    def phone(self, following: Following) -> str:
        return following.candidate.user.phone

    @admin.display(description="téléphone de la structure")
    def structure_phone(self, following: Following) -> str:
        return following.structure.phone

    @admin.display(description="adresse e-mail de la structure")
    def structure_email(self, following: Following) -> str:
        return following.structure.email

    @admin.display(description="demandé le", ordering="asked_at")
    def asked_on(self, following: Following) -> Any:
        return following.asked_on

    @admin.display(description="réponse avant le")
    def answer_by(self, following: Following) -> Any:
        return following.answer_due_on if following.status == "asked" else None
