"""Places, occupations and agents, as the Region's agents see them."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import CheckboxInput
from django.utils.html import format_html

from core.admin import ReadOnly, TerritoryAdmin, act_on_each
from territories import geo, lexicon
from territories.actions import close_agent_task
from territories.admin_forms import AgentTaskForm
from territories.delays_admin import DELAYS, TRAVEL, RegionDelaysAdmin, WithWaits
from territories.models import (
    AgentTask,
    AgentTerritory,
    Commune,
    CommunePostcode,
    Department,
    EmploymentBasin,
    Epci,
    Occupation,
    OccupationFamily,
    OccupationTask,
    OccupationTension,
    OccupationTitle,
    Region,
)
from territories.text import plain

__all__ = ["RegionDelaysAdmin"]  # Registered there.


class NeverDeleted:
    """Reference rows hold everything else: they are corrected, not deleted."""

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


class LabelledRows(admin.TabularInline):
    """Rows of a table whose fields say their name: Django's have a column title only."""

    extra = 0

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            field.widget.attrs["aria-label"] = db_field.verbose_name
        return field

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.deletion_widget = CheckboxInput(attrs={"aria-label": "Supprimer cette ligne"})
        return formset


@admin.register(Region)
class RegionAdmin(NeverDeleted, WithWaits):
    is_national = True
    list_display = ["name", "code", "is_open", "publication_radius_km"]
    prepopulated_fields = {"slug": ["name"]}

    def get_fieldsets(self, request, obj=None):
        return [
            (None, {"fields": ["code", "name", "slug", "is_open", "contact_email", "phone"]}),
            ("Couleurs", {"fields": ["accent_color", "highlight_color"]}),
            ("Règles", {"fields": ["publication_radius_km"]}),
            *DELAYS,
            *self.with_waits(request, obj),
            TRAVEL,
        ]

    def get_readonly_fields(self, request, obj=None):
        return ["code", "all_waits"] if obj else ["all_waits"]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields


@admin.register(Department)
class DepartmentAdmin(NeverDeleted, admin.ModelAdmin):
    is_national = True
    list_display = ["name", "code", "region"]
    list_select_related = ["region"]
    search_fields = ["name", "code"]

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []


@admin.register(Epci)
class EpciAdmin(ReadOnly, admin.ModelAdmin):
    is_national = True
    list_display = ["name", "code"]
    search_fields = ["name", "code"]


@admin.register(EmploymentBasin)
class EmploymentBasinAdmin(TerritoryAdmin):
    list_display = ["name", "region"]
    list_select_related = ["region"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    filter_horizontal = ["epcis"]


class CommunePostcodeInline(LabelledRows):
    model = CommunePostcode


@admin.register(Commune)
class CommuneAdmin(NeverDeleted, admin.ModelAdmin):
    is_national = True
    show_full_result_count = False
    list_display = ["name", "code", "department", "population", "is_approximate"]
    list_select_related = ["department"]
    list_filter = ["department", "is_approximate"]
    search_fields = ["name"]
    search_help_text = "Un nom, un code postal ou un code INSEE."
    autocomplete_fields = ["epci"]
    inlines = [CommunePostcodeInline]
    fields = [
        "code", "name", "slug", "department", "epci", "population",
        "latitude", "longitude", "is_approximate",
    ]  # fmt: skip

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []

    def get_search_results(self, request, queryset: QuerySet, search_term: str):
        """As on the site: accents and hyphens do not matter."""
        term = plain(search_term)
        if not term:
            return queryset, False
        if term.isdigit():
            found = CommunePostcode.objects.filter(postcode__startswith=term).values("commune")
            return queryset.filter(pk__in=found) | queryset.filter(pk=term), False
        return queryset.filter(pk__in=Commune.objects.search(term).order_by().values("pk")), False

    def save_model(self, request, obj: Commune, form, change: bool) -> None:  # noqa: FBT001
        obj.search_name = plain(obj.name)
        obj.x, obj.y = geo.lambert93(obj.latitude, obj.longitude)
        super().save_model(request, obj, form, change)
        geo.forget()


@admin.register(OccupationFamily)
class OccupationFamilyAdmin(NeverDeleted, admin.ModelAdmin):
    is_national = True
    list_display = ["name", "letter"]

    def get_readonly_fields(self, request, obj=None):
        return ["letter"] if obj else []


class OccupationTaskInline(LabelledRows):
    model = OccupationTask


class OccupationTitleInline(LabelledRows):
    model = OccupationTitle


@admin.register(Occupation)
class OccupationAdmin(NeverDeleted, admin.ModelAdmin):
    is_national = True
    show_full_result_count = False
    list_display = ["title", "code", "family", "parent_code"]
    list_select_related = ["family"]
    list_filter = ["family"]
    search_fields = ["title"]
    search_help_text = "Un mot du métier, à l’un ou l’autre genre, ou un code ROME."
    inlines = [OccupationTaskInline, OccupationTitleInline]
    fields = ["code", "label", "title", "slug", "family", "parent_code", "definition"]

    def get_readonly_fields(self, request, obj=None):
        return ["code", "label"] if obj else []

    def get_search_results(self, request, queryset: QuerySet, search_term: str):
        for word in plain(search_term).split():
            queryset = queryset.filter(search_words__contains=word) | queryset.filter(
                code__startswith=word.upper()
            )
        return queryset, False

    def save_formset(self, request, form, formset, change: bool) -> None:  # noqa: FBT001
        for row in formset.save(commit=False):
            if isinstance(row, OccupationTitle):
                row.search = plain(row.label)
            row.save()
        for row in formset.deleted_objects:
            row.delete()
        formset.save_m2m()

    def save_related(self, request, form, formsets, change: bool) -> None:  # noqa: FBT001
        super().save_related(request, form, formsets, change)
        lexicon.rebuild([form.instance.pk])


@admin.register(AgentTerritory)
class AgentTerritoryAdmin(admin.ModelAdmin):
    """Superusers change it; the others read: nobody widens their own territory."""

    is_national = True
    list_display = ["email", "region", "their_departments"]
    list_select_related = ["user", "region"]
    search_fields = ["user__email"]
    raw_id_fields = ["user"]
    filter_horizontal = ["departments"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("departments")

    @admin.display(description="agent", ordering="user__email")
    def email(self, territory: AgentTerritory) -> str:
        return territory.user.email

    @admin.display(description="départements")
    def their_departments(self, territory: AgentTerritory) -> str:
        return ", ".join(each.code for each in territory.departments.all()) or "tous"


class DoneFilter(admin.SimpleListFilter):
    title = "à faire ou faites"
    parameter_name = "faites"

    def lookups(self, request, model_admin):
        return [("non", "À faire"), ("oui", "Faites")]

    def queryset(self, request, queryset):
        match self.value():
            case "non":
                return queryset.filter(done_at=None)
            case "oui":
                return queryset.exclude(done_at=None)
        return queryset


@admin.register(AgentTask)
class AgentTaskAdmin(NeverDeleted, TerritoryAdmin):
    form = AgentTaskForm
    list_display = ["title", "page", "department", "due_on", "created_at", "done_at", "who_did"]
    list_select_related = ["department", "done_by"]
    list_filter = [DoneFilter, "kind", "department"]
    search_fields = ["title", "detail"]
    readonly_fields = [
        "kind", "title", "detail", "page", "department", "due_on", "created_at", "done_at", "who_did",
    ]  # fmt: skip
    fields = [*readonly_fields, "outcome", "is_done"]
    actions = ["close"]

    def has_add_permission(self, request) -> bool:
        return False

    @admin.display(description="par", ordering="done_by__last_name")
    def who_did(self, task: AgentTask) -> str:
        return task.done_by.name_or_address if task.done_by else "–"

    @admin.display(description="page")
    def page(self, task: AgentTask) -> str:
        if not task.url.startswith(("/", "https://", "http://")):  # Never a script.
            return ""
        return format_html('<a href="{}">Ouvrir</a>', task.url)

    @admin.action(description="Marquer comme faites", permissions=["change"])
    def close(self, request, tasks):
        act_on_each(self, request, tasks, close_agent_task, done="tâche(s) faite(s)")

    def save_model(self, request, obj: AgentTask, form: Any, change: bool) -> None:  # noqa: FBT001
        """The outcome is noted at any time; the tick closes the task."""
        if form.cleaned_data["is_done"] and obj.done_at is None:
            close_agent_task(obj, by=request.user, outcome=form.cleaned_data["outcome"])
        else:
            super().save_model(request, obj, form, change)


@admin.register(OccupationTension)
class OccupationTensionAdmin(ReadOnly, admin.ModelAdmin):
    """What `import_tension` wrote: a figure has its source, or it is not there."""

    is_national = True
    list_display = ["code", "tense_areas", "areas", "year", "source"]
    search_fields = ["code"]
    fields = ["code", "tense_areas", "areas", "year", "source"]
