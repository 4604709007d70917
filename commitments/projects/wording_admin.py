"""The words of a promise, version by version, and the legal minimums: what agents keep up to date."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst

from commitments.projects.freezing import said_with
from commitments.projects.halves import LegalMinimum
from commitments.projects.texts import MARKS, NAMED_IN, PromiseWording
from commitments.projects.wordings import copy_wording, next_number, publish_wordings, regions_of
from core import french
from core.admin import TerritoryAdmin
from core.rules import RuleBroken
from territories.models import Region

# A GEIQ that promises: the two companies are not the same, and one sees which is which.
FOR_EXAMPLE = dict(zip(MARKS, ("Léa Martin", "le GEIQ Exemple", "l’Atelier Exemple"), strict=True))


@admin.register(PromiseWording)
class PromiseWordingAdmin(TerritoryAdmin):
    """An agent writes a draft, then publishes it. A published version never changes: one copies it."""

    list_display = ["__str__", "region", "number", "published_at", "publisher"]
    list_filter = ["region"]
    list_select_related = ["region", "published_by"]
    actions = ["publish", "copy"]
    fields = [
        "region",
        "title",
        "law",
        "means",
        "does_not_mean",
        "company_says",
        "candidate_says",
        "if_it_stops",
        "breaking",
        ("number", "published_at", "publisher"),
    ]
    readonly_fields = ["number", "published_at", "publisher", "preview"]
    change_form_template = "admin/wording.html"

    def has_change_permission(self, request: HttpRequest, obj: PromiseWording | None = None) -> bool:
        """Published ones are read; those of all regions are not for the agents of one of them."""
        is_draft = obj is None or obj.published_at is None
        is_theirs = obj is None or obj.region_id is not None or request.user.is_superuser
        return is_draft and is_theirs and super().has_change_permission(request, obj)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **options)
        if db_field.name == "region" and not request.user.is_superuser:
            field.queryset = Region.objects.filter(pk__in=regions_of(request.user))
            field.required, field.empty_label = True, None
        return field

    def has_delete_permission(self, request: HttpRequest, obj: PromiseWording | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: PromiseWording, form: Any, change: bool) -> None:  # noqa: FBT001
        if not change:
            obj.number = next_number(obj.region_id)
        super().save_model(request, obj, form, change)

    def get_fields(self, request: HttpRequest, obj: PromiseWording | None = None) -> list:
        return [*self.fields, "preview"] if obj else list(self.fields)

    def render_change_form(self, request: HttpRequest, context: Any, **about: Any) -> HttpResponse:
        context["may_publish"] = self.has_change_permission(request, about.get("obj"))
        return super().render_change_form(request, context, **about)

    def response_add(
        self, request: HttpRequest, obj: PromiseWording, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        return self._saved(request, obj) or super().response_add(request, obj, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: PromiseWording) -> HttpResponse:
        return self._saved(request, obj) or super().response_change(request, obj)

    def _saved(self, request: HttpRequest, obj: PromiseWording) -> HttpResponse | None:
        """« Enregistrer et publier »: one page later, it is read as it binds."""
        if "_publish" not in request.POST:
            return None
        self.publish(request, PromiseWording.objects.filter(pk=obj.pk))
        return redirect("admin:commitments_promisewording_change", obj.pk)

    @admin.display(description="aperçu, tel qu’enregistré : un GEIQ promet, l’atelier accueille")
    def preview(self, wording: PromiseWording) -> str:
        """Each part as people will read it, with names for example."""
        parts = ((PromiseWording._meta.get_field(name), getattr(wording, name)) for name in NAMED_IN)
        return format_html_join(
            "", "<h3>{}</h3>{}", ((capfirst(field.verbose_name), _lines(words)) for field, words in parts)
        )

    @admin.display(description="par", ordering="published_by__last_name")
    def publisher(self, wording: PromiseWording) -> str:
        return wording.published_by.name_or_address if wording.published_by else "–"

    @admin.action(description="Publier ces textes", permissions=["add"])
    def publish(self, request: HttpRequest, drafts: Any) -> None:
        try:
            count = publish_wordings(drafts, by=request.user)
        except RuleBroken as refusal:
            self.message_user(request, refusal.message, messages.WARNING)
            return
        done = french.agreed(count, "texte(s) publié(s)")
        self.message_user(request, f"{done}. Les projets déjà signés gardent le leur.", messages.SUCCESS)

    @admin.action(description="Copier en brouillon", permissions=["add"])
    def copy(self, request: HttpRequest, wordings: Any) -> None:
        for original in wordings:
            wording = copy_wording(original, by=request.user)
            url = reverse("admin:commitments_promisewording_change", args=[wording.pk])
            self.message_user(
                request, format_html('Brouillon prêt : <a href="{}">{}</a>', url, wording), messages.SUCCESS
            )


def _lines(words: str) -> str:
    return format_html_join("", "<p>{}</p>", ((line,) for line in said_with(words, FOR_EXAMPLE)))


@admin.register(LegalMinimum)
class LegalMinimumAdmin(admin.ModelAdmin):
    """One line per decree."""

    is_national = True
    list_display = ["valid_from", "contract", "hourly_gross", "source"]
    list_filter = ["contract"]
    ordering = ["-valid_from", "contract"]

    def has_delete_permission(self, request: HttpRequest, obj: LegalMinimum | None = None) -> bool:
        return False
