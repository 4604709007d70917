"""What catalogues bring: a file to lay down, try and import, what was imported, the blocks that they name."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.html import format_html_join

from core import french
from core.admin import ReadOnly
from core.rules import RuleBroken
from trainings.catalogue.laid_down import confirm_catalogue, lay_down_catalogue, regions_of
from trainings.models import CatalogueFile, CatalogueImport, SkillBlock, TargetPublic
from trainings.models.imports import ENDINGS, LARGEST_FILE


@admin.register(SkillBlock)
class SkillBlockAdmin(admin.ModelAdmin):
    """The blocks that catalogues name, and those that an agent adds. Nobody deletes one."""

    is_national = True
    list_display = ["code", "title", "certification"]
    search_fields = ["code", "title", "certification"]
    fields = ["code", "title", "certification"]
    show_full_result_count = False

    def get_readonly_fields(self, request, obj=None) -> list[str]:
        return ["code"] if obj else []

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(TargetPublic)
class TargetPublicAdmin(admin.ModelAdmin):
    """The codes that catalogues name, said in the words of a visitor. Nobody deletes one."""

    is_national = True
    list_display = ["code", "name", "is_priority"]
    list_filter = ["is_priority"]
    search_fields = ["code", "name"]
    fields = ["code", "name", "is_priority"]

    def get_readonly_fields(self, request, obj=None) -> list[str]:
        return ["code"] if obj else []

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


class Reported:
    """The report of an import, or of its trial, in French."""

    REPORTED = ("found", "changes", "refusals", "notes", "unknown")

    @admin.display(description="trouvé")
    def found(self, imported: Any) -> str:
        report = imported.report
        if not report:
            return "–"
        counts = (
            french.counted(report.get("formations", 0), "formation"),
            french.counted(report.get("sessions", 0), "session"),
            french.counted(report.get("refused", 0), "ligne refusée"),
        )
        return ", ".join(counts)

    @admin.display(description="changements")
    def changes(self, imported: Any) -> str:
        words = {"created": "nouvelles", "updated": "modifiées", "closed": "fermées", "reopened": "rouvertes"}
        told = [
            (word, ", ".join(f"{count} {kind}" for kind, count in imported.report.get(key, {}).items()))
            for key, word in words.items()
            if imported.report
        ]
        return format_html_join("", "<p>{} : {}</p>", told) or "–"

    @admin.display(description="lignes refusées")
    def refusals(self, imported: Any) -> str:
        return _paragraphs(imported.report.get("refusals", [])) or "aucune"

    @admin.display(description="corrigé en lisant")
    def notes(self, imported: Any) -> str:
        return _paragraphs(imported.report.get("notes", [])) or "rien"

    @admin.display(description="codes ROME inconnus")
    def unknown(self, imported: Any) -> str:
        return ", ".join(imported.report.get("unknown_occupations", {})) or "aucun"


def _paragraphs(lines: list[str]) -> str:
    return format_html_join("", "<p>{}</p>", ((line,) for line in lines))


@admin.register(CatalogueImport)
class CatalogueImportAdmin(Reported, ReadOnly, admin.ModelAdmin):
    is_national = True
    list_display = ["at", "file_name", "region", "found"]
    list_select_related = ["region"]
    fields = ["at", "file_name", "region", *Reported.REPORTED]


class CatalogueFileForm(forms.ModelForm):
    class Meta:
        model = CatalogueFile
        fields = ["file", "region"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:  # Read only, it has none.
            self.fields["file"].required = True

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith(ENDINGS):
            raise forms.ValidationError("Il faut le catalogue en XML LHÉO 2.3 : un fichier .xml ou .xml.gz.")
        if file.size > LARGEST_FILE:
            most = LARGEST_FILE // 1024**2
            raise forms.ValidationError(
                f"Ce fichier pèse plus de {most} Mo. Compressez-le en .xml.gz : il en pèsera dix fois moins."
            )
        return file


@admin.register(CatalogueFile)
class CatalogueFileAdmin(Reported, ReadOnly, admin.ModelAdmin):
    """Lay a catalogue down, read what it would change, then import it: a worker does both."""

    is_national = True
    form = CatalogueFileForm
    list_display = ["laid_down_at", "file_name", "region", "stands", "found"]
    list_select_related = ["region"]
    change_form_template = "admin/catalogue_file.html"

    def get_fields(self, request: HttpRequest, obj: CatalogueFile | None = None) -> list[str]:
        if obj is None:
            return ["file", "region"]
        about = ["stands", "region", ("laid_down_at", "whose"), ("confirmed_at", "confirmer"), "imported"]
        return [*about, *self.REPORTED]  # type: ignore[list-item]

    def get_readonly_fields(self, request: HttpRequest, obj: CatalogueFile | None = None) -> list[str]:
        return ["stands", "whose", "confirmer", *self.REPORTED]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An agent of the whole region: the file says all that it announces."""
        may = request.user.has_perm("trainings.add_cataloguefile")
        return may and regions_of(request.user).exists()

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **options)
        if db_field.name == "region":
            field.queryset = regions_of(request.user)
            field.initial = field.queryset.filter(is_open=True).first()
        return field

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:  # noqa: FBT001
        """The action writes the row; what follows only leads to its page."""
        said = form.cleaned_data
        form.instance = lay_down_catalogue(said["file"], region=said["region"], by=request.user)
        form.save_m2m = lambda: None
        return form.instance

    def save_model(self, *args: Any, **kwargs: Any) -> None:
        """Written already."""

    def response_add(
        self, request: HttpRequest, obj: CatalogueFile, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        self.message_user(
            request,
            "Fichier déposé. Un essai à blanc commence : rechargez cette page dans un instant.",
            messages.SUCCESS,
        )
        return redirect("admin:trainings_cataloguefile_change", obj.pk)

    def get_urls(self) -> list[Any]:
        confirm = path(
            "<int:pk>/importer/",
            self.admin_site.admin_view(self.confirm),
            name="trainings_cataloguefile_confirm",
        )
        return [confirm, *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: Any, **about: Any) -> HttpResponse:
        laid_down = about.get("obj")
        may = self.has_add_permission(request) and laid_down is not None
        asked = may and laid_down.confirmed_at and not laid_down.is_interrupted
        context["may_confirm"] = may and laid_down.may_be_confirmed and not asked
        return super().render_change_form(request, context, **about)

    def confirm(self, request: HttpRequest, pk: int) -> HttpResponse:
        """« Importer pour de bon »."""
        laid_down = self.get_queryset(request).filter(pk=pk, region__in=regions_of(request.user)).first()
        if laid_down is None or not self.has_add_permission(request):
            raise Http404
        if request.method == "POST":
            try:
                confirm_catalogue(laid_down, by=request.user)
            except RuleBroken as refusal:
                self.message_user(request, refusal.message, messages.WARNING)
            else:
                done = "L’import est demandé : rechargez cette page dans un instant."
                self.message_user(request, done, messages.SUCCESS)
        return redirect("admin:trainings_cataloguefile_change", pk)

    @admin.display(description="où il en est")
    def stands(self, laid_down: CatalogueFile) -> str:
        if laid_down.error:
            return f"Refusé, rien n’est écrit : {laid_down.error}"
        if laid_down.imported_id:
            return "Importé"
        if laid_down.is_interrupted:
            return "Interrompu, rien n’est écrit : " + (
                "demandez l’import de nouveau" if laid_down.confirmed_at else "déposez le fichier de nouveau"
            )
        if laid_down.confirmed_at:
            return "Import en cours : rechargez cette page dans un instant"
        if laid_down.tried_at is None:
            return "Essai à blanc en cours : rechargez cette page dans un instant"
        if not laid_down.file:
            return "Essayé, jamais importé : le fichier est effacé après une semaine"
        return "Essayé à blanc, rien n’est écrit : lisez, puis importez"

    @admin.display(description="par")
    def whose(self, laid_down: CatalogueFile) -> str:
        return laid_down.laid_down_by.name_or_address

    @admin.display(description="par")
    def confirmer(self, laid_down: CatalogueFile) -> str:
        return laid_down.confirmed_by.name_or_address if laid_down.confirmed_by else "–"
