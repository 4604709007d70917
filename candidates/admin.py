"""Jobseekers, as far as an agent needs: to help one who calls."""

from django.contrib import admin

from candidates.models import Candidate
from candidates.structures.admin import FollowingAdmin, SupportStructureAdmin
from core.admin import ReadOnly, TerritoryAdmin

__all__ = ["CandidateAdmin", "FollowingAdmin", "SupportStructureAdmin"]


@admin.register(Candidate)
class CandidateAdmin(ReadOnly, TerritoryAdmin):
    list_display = ["__str__", "commune", "radius_km", "level", "created_at"]
    list_filter = ["level"]
    search_fields = ["user__email", "user__last_name"]
    search_help_text = "Adresse e-mail ou nom de la personne qui vous appelle."
    list_select_related = ["commune"]
    fields = ["name", "email", "phone", "commune", "radius_km", "level", "transport", "licence", "created_at"]
    readonly_fields = fields

    @admin.display(description="nom")
    def name(self, candidate: Candidate) -> str:
        return candidate.user.get_full_name()

    @admin.display(description="adresse e-mail")
    def email(self, candidate: Candidate) -> str:
        return candidate.user.email

    @admin.display(description="téléphone")
    def phone(self, candidate: Candidate) -> str:
        return candidate.user.phone
