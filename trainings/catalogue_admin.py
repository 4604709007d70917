"""What catalogues brought: their imports, and the blocks of competence that they name."""

from django.contrib import admin
from django.utils.html import format_html_join

from core.admin import ReadOnly
from trainings.models import CatalogueImport, SkillBlock, TargetPublic


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


@admin.register(CatalogueImport)
class CatalogueImportAdmin(ReadOnly, admin.ModelAdmin):
    is_national = True
    list_display = ["at", "file_name", "region", "found"]
    list_select_related = ["region"]
    fields = ["at", "file_name", "region", "found", "changes", "refusals", "unknown"]

    @admin.display(description="trouvé")
    def found(self, imported: CatalogueImport) -> str:
        report = imported.report
        return (
            f"{report.get('formations', 0)} formations, {report.get('sessions', 0)} sessions, "
            f"{report.get('refused', 0)} lignes refusées"
        )

    @admin.display(description="changements")
    def changes(self, imported: CatalogueImport) -> str:
        words = {"created": "nouvelles", "updated": "modifiées", "closed": "fermées", "reopened": "rouvertes"}
        told = [
            (word, ", ".join(f"{count} {kind}" for kind, count in imported.report.get(key, {}).items()))
            for key, word in words.items()
        ]
        return format_html_join("", "<p>{} : {}</p>", told)

    @admin.display(description="lignes refusées")
    def refusals(self, imported: CatalogueImport) -> str:
        lines = [(line,) for line in imported.report.get("refusals", [])]
        return format_html_join("", "<p>{}</p>", lines) or "aucune"

    @admin.display(description="codes ROME inconnus")
    def unknown(self, imported: CatalogueImport) -> str:
        return ", ".join(imported.report.get("unknown_occupations", {})) or "aucun"
