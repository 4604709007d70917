"""The catalogue as agents see it: all may read it, each changes what stands in their territory."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.utils.html import format_html, format_html_join

from core.admin import act_on_each
from trainings import actions
from trainings.catalogue_admin import CatalogueImportAdmin, SkillBlockAdmin
from trainings.forms import SessionForm, TrainingActionForm, TrainingForm
from trainings.models import (
    Session,
    Source,
    Training,
    TrainingAction,
    TrainingBlock,
    TrainingOccupation,
    TrainingOrganisation,
)
from trainings.models.trainings import LinkOrigin
from trainings.organisations.admin import AgentsSaySeats, ChangeInline, MeetingInline, PeriodInline

__all__ = [
    "CatalogueImportAdmin",
    "SessionAdmin",
    "SkillBlockAdmin",
    "TrainingActionAdmin",
    "TrainingAdmin",
    "TrainingOrganisationAdmin",
]


def training_of(thing: Model | None) -> Training | None:
    """The training that a page is about, whatever it shows of it."""
    match thing:
        case Training():
            return thing
        case TrainingAction():
            return thing.training
        case Session():
            return thing.action.training
    return None


class OwnTerritory:
    """Everybody reads; an agent changes what is given in their departments. Nobody deletes."""

    is_national = True  # The catalogue is public.
    show_full_result_count = False

    def has_change_permission(self, request, obj=None) -> bool:
        if not super().has_change_permission(request, obj):  # type: ignore[misc]
            return False
        if obj is None:
            return True
        subject = training_of(obj) or obj
        return type(subject)._default_manager.in_territory_of(request.user).contains(subject)

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


class KeptByCatalogue(OwnTerritory):
    """What the catalogue wrote is read; `own_words` may be typed beside it."""

    own_words: tuple[str, ...] = ()

    def get_readonly_fields(self, request, obj=None) -> list[str]:
        always = list(super().get_readonly_fields(request, obj))  # type: ignore[misc]
        training = training_of(obj)
        if training is None or not training.is_from_catalogue:
            return always
        shown = admin.utils.flatten(self.get_fields(request, obj))  # type: ignore[attr-defined]
        return [name for name in shown if name not in self.own_words]


class LinkInline(OwnTerritory, admin.StackedInline):
    """« Cette formation mène aussi à… » : what an agent adds to what the catalogue says."""

    model = TrainingOccupation
    verbose_name_plural = "métiers ajoutés par un agent"
    fields = ["occupation", "by"]
    readonly_fields = ["by"]
    autocomplete_fields = ["occupation"]
    extra = 0

    def get_queryset(self, request) -> QuerySet[TrainingOccupation]:
        links = super().get_queryset(request).filter(origin=LinkOrigin.AGENT)
        return links.select_related("occupation", "by")

    def has_delete_permission(self, request, obj=None) -> bool:
        return self.has_change_permission(request, obj)

    def has_add_permission(self, request, obj=None) -> bool:
        return super().has_add_permission(request, obj) and self.has_change_permission(request, obj)


class BlockInline(OwnTerritory, admin.StackedInline):
    """« Cette formation enseigne aussi… »: what an agent adds to what the catalogue says."""

    model = TrainingBlock
    verbose_name_plural = "blocs de compétences ajoutés par un agent"
    fields = ["block", "by"]
    readonly_fields = ["by"]
    autocomplete_fields = ["block"]
    extra = 0

    def get_queryset(self, request) -> QuerySet[TrainingBlock]:
        links = super().get_queryset(request).filter(origin=LinkOrigin.AGENT)
        return links.select_related("block", "by")

    def has_delete_permission(self, request, obj=None) -> bool:
        return self.has_change_permission(request, obj)

    def has_add_permission(self, request, obj=None) -> bool:
        return super().has_add_permission(request, obj) and self.has_change_permission(request, obj)


class ActionInline(KeptByCatalogue, admin.StackedInline):
    model = TrainingAction
    form = TrainingActionForm
    fields = [
        ("place_name", "address"),
        ("postcode", "town", "commune"),
        ("latitude", "longitude"),
        ("is_region_funded", "has_permanent_entry", "teaching_mode"),
        ("phone", "email", "url"),
    ]
    autocomplete_fields = ["commune"]
    show_change_link = True
    extra = 0

    def get_formset(self, request, obj=None, **kwargs: Any):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form = type("OwnTerritoryForm", (formset.form,), {"user": request.user})
        return formset

    def has_add_permission(self, request, obj=None) -> bool:
        written_here = obj is None or not obj.is_from_catalogue
        return written_here and super().has_add_permission(request, obj)


class NamedCells:
    """A table whose cells say what they are to who cannot see the head of the column."""

    def formfield_for_dbfield(self, db_field, request, **kwargs: Any):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if field is not None:
            field.widget.attrs["aria-label"] = db_field.verbose_name
        return field


class SessionInline(NamedCells, KeptByCatalogue, admin.TabularInline):
    model = Session
    form = SessionForm
    fields = ["starts_on", "ends_on", "status", "seats_total", "seats_left", "cancelled_at", "closed_at"]
    readonly_fields = ["cancelled_at", "closed_at"]
    own_words = ("seats_left",)  # No catalogue tells them; the next imports keep them.
    extra = 0

    def has_add_permission(self, request, obj=None) -> bool:
        written_here = obj is None or not obj.training.is_from_catalogue
        return written_here and super().has_add_permission(request, obj)


class MyTerritory(admin.SimpleListFilter):
    title = "territoire"
    parameter_name = "territoire"

    def lookups(self, request, model_admin):
        return [("mien", "Le mien")]

    def queryset(self, request, queryset):
        return queryset.in_territory_of(request.user) if self.value() else queryset


class WithSession(admin.SimpleListFilter):
    title = "session financée à venir"
    parameter_name = "session"

    def lookups(self, request, model_admin):
        return [("oui", "Oui"), ("non", "Non")]

    def queryset(self, request, queryset):
        with_one = Training.objects.with_eligible_session().values("pk")
        match self.value():
            case "oui":
                return queryset.filter(pk__in=with_one)
            case "non":
                return queryset.exclude(pk__in=with_one)
        return queryset


@admin.register(Training)
class TrainingAdmin(KeptByCatalogue, admin.ModelAdmin):
    form = TrainingForm
    list_per_page = 50
    list_display = ["title", "given_by", "source", "rncp_code", "level_out", "closed_at"]
    list_filter = [MyTerritory, WithSession, "source", "level_out", ("closed_at", admin.EmptyFieldListFilter)]
    list_select_related = ["organisation"]
    search_fields = ["title", "external_id", "rncp_code", "organisation__name", "organisation__siret"]
    autocomplete_fields = ["organisation"]
    fields = [
        "title",
        "organisation",
        ("certification_title", "rncp_code", "rs_code"),
        ("level_in", "level_out"),
        "objective",
        "content",
        ("hours_total", "hours_in_centre", "hours_in_company"),
        "url",
        ("source", "external_id", "region"),
        ("seen_at", "closed_at"),
        "announced",
        "blocks_announced",
        "next_sessions",
    ]
    readonly_fields = [
        "source",
        "external_id",
        "region",
        "seen_at",
        "closed_at",
        "announced",
        "blocks_announced",
        "next_sessions",
    ]
    inlines = [LinkInline, BlockInline, ActionInline]
    actions = ["close", "reopen"]

    def save_formset(self, request, form, formset, change) -> None:
        ours = (TrainingOccupation, TrainingBlock)
        for link in (row.instance for row in formset.forms if isinstance(row.instance, ours)):
            link.by = link.by or request.user
        super().save_formset(request, form, formset, change)

    @admin.display(description="organisme", ordering="organisation__name")
    def given_by(self, training: Training) -> str:
        return training.organisation.name

    @admin.display(description="métiers selon le catalogue")
    def announced(self, training: Training) -> str:
        links = training.links.filter(origin=LinkOrigin.CATALOGUE).select_related("occupation")
        known = [(link.occupation.title, link.occupation_id) for link in links]
        return format_html_join(", ", "{} ({})", known) or "aucun"

    @admin.display(description="blocs selon le catalogue")
    def blocks_announced(self, training: Training) -> str:
        links = training.block_links.filter(origin=LinkOrigin.CATALOGUE).select_related("block")
        known = [(link.block.title, link.block.code) for link in links]
        return format_html_join("", "<p>{} ({})</p>", known) or "aucun"

    @admin.display(description="sessions à venir ou en cours")
    def next_sessions(self, training: Training) -> str:
        sessions = Session.objects.current().running(training).select_related("action")
        rows = [
            (session.action.town or "lieu inconnu", session.dates, session.get_status_display())
            for session in sessions[:30]
        ]
        lines = format_html_join("", "<li>{} : {} ({})</li>", rows)
        return format_html("<ul>{}</ul>", lines) if rows else "aucune"

    @admin.action(description="Fermer les formations choisies", permissions=["change"])
    def close(self, request, trainings):
        act_on_each(self, request, trainings, actions.close_training, done="formation(s) fermée(s)")

    @admin.action(description="Rouvrir les formations choisies", permissions=["change"])
    def reopen(self, request, trainings):
        act_on_each(self, request, trainings, actions.reopen_training, done="formation(s) rouverte(s)")


@admin.register(TrainingAction)
class TrainingActionAdmin(AgentsSaySeats, KeptByCatalogue, admin.ModelAdmin):
    """Reached from its training: the place, and the groups that start there."""

    list_display = ["training", "town", "is_region_funded", "has_permanent_entry", "closed_at"]
    list_filter = ["is_region_funded", "has_permanent_entry", "commune__department"]
    list_select_related = ["training"]
    search_fields = ["training__title", "town", "external_id"]
    autocomplete_fields = ["training", "commune"]
    form = TrainingActionForm
    fields = [
        "training",
        ("place_name", "address"),
        ("postcode", "town", "commune"),
        "other_places",
        ("latitude", "longitude", "is_approximate"),
        ("is_region_funded", "funder_names", "funded_seats"),
        ("has_permanent_entry", "teaching_mode"),
        "pace",
        "conditions",
        ("publics", "public_details"),
        ("costs_may_be_covered", "costs_details"),
        "disability_access",
        ("hours_total", "hours_in_centre", "hours_in_company"),
        ("phone", "email", "url"),
        ("external_id", "seen_at", "closed_at"),
    ]
    readonly_fields = ["is_approximate", "funder_names", "external_id", "seen_at", "closed_at"]
    inlines = [SessionInline]

    def get_form(self, request, obj=None, change=False, **kwargs: Any):  # noqa: FBT002 - Django's own.
        form = super().get_form(request, obj, change, **kwargs)
        return type("OwnTerritoryForm", (form,), {"user": request.user})

    @admin.display(description="financeurs")
    def funder_names(self, action: TrainingAction) -> str:
        return ", ".join(action.funder_labels) or "non précisé"


@admin.register(Session)
class SessionAdmin(AgentsSaySeats, KeptByCatalogue, admin.ModelAdmin):
    list_display = ["training", "town", "starts_on", "ends_on", "status", "seats_left", "cancelled_at"]
    list_filter = ["status", "action__is_region_funded", "action__commune__department"]
    list_select_related = ["action__training"]
    search_fields = ["external_id", "action__training__title", "action__town"]
    date_hierarchy = "starts_on"
    form = SessionForm
    fields = [
        "action",
        ("starts_on", "ends_on"),
        "status",
        ("seats_total", "seats_left"),
        ("registration_starts_on", "registration_ends_on"),
        "address",
        "url",
        ("external_id", "seen_at", "closed_at", "cancelled_at"),
    ]
    readonly_fields = ["external_id", "seen_at", "closed_at", "cancelled_at"]
    autocomplete_fields = ["action"]
    own_words = ("seats_left",)
    inlines = [PeriodInline, MeetingInline, ChangeInline]
    actions = ["cancel"]

    @admin.display(description="formation", ordering="action__training__title")
    def training(self, session: Session) -> str:
        return session.action.training.title

    @admin.display(description="ville", ordering="action__town")
    def town(self, session: Session) -> str:
        return session.action.town

    @admin.action(description="Annuler les sessions choisies", permissions=["change"])
    def cancel(self, request, sessions):
        act_on_each(self, request, sessions, actions.cancel_session, done="session(s) annulée(s)")


@admin.register(TrainingOrganisation)
class TrainingOrganisationAdmin(OwnTerritory, admin.ModelAdmin):
    list_display = ["name", "siret", "activity_number", "source", "organisation"]
    list_filter = ["source"]
    list_select_related = ["organisation"]
    search_fields = ["name", "siret", "activity_number"]
    autocomplete_fields = ["organisation"]
    fields = [
        "name",
        ("siret", "activity_number"),
        ("email", "phone", "website"),
        ("requests_email", "requests_phone"),
        "organisation",
        ("source", "external_id"),
    ]

    def get_readonly_fields(self, request, obj=None) -> list[str]:
        """What the catalogue tells is read; the account of the organisation is chosen here."""
        if obj and obj.source == Source.CATALOGUE:
            told_here = ("organisation", "requests_email", "requests_phone")
            return [name for name in admin.utils.flatten(self.fields) if name not in told_here]
        return ["source", "external_id"]
