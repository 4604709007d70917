"""Which block teaches which skill, as agents write it. A file says many at once: `import_skill_links`."""

from django.contrib import admin
from django.http import HttpRequest

from commitments.gaps.models import TaughtSkill


@admin.register(TaughtSkill)
class TaughtSkillAdmin(admin.ModelAdmin):
    """The same in every Region."""

    is_national = True
    list_display = ["skill", "occupation", "block"]
    list_select_related = ["occupation", "block"]
    search_fields = ["skill", "occupation__title", "occupation__code", "block__code", "block__title"]
    autocomplete_fields = ["occupation", "block"]
    fields = ["occupation", "skill", "block"]
    show_full_result_count = False

    def has_delete_permission(self, request: HttpRequest, obj: TaughtSkill | None = None) -> bool:
        """A link is neither a fact about a person nor held by anything: who may change it may remove it."""
        return self.has_change_permission(request, obj)
