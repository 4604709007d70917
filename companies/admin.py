"""Companies, their legal entities and their members, as the agents of the Region see them."""

from django.contrib import admin

from accounts.models import Membership, Organisation
from companies.actions import confirm_member
from companies.models import Company, Workplace
from core.admin import ReadOnly, TerritoryAdmin, act_on_each


class MemberInline(ReadOnly, admin.TabularInline):
    model = Membership
    fields = ["user_email", "role", "is_active", "confirmed_at", "confirmed_by", "asked_at"]
    readonly_fields = ["user_email"]
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("user")

    @admin.display(description="adresse e-mail")
    def user_email(self, membership: Membership) -> str:
        return membership.user.email


@admin.register(Organisation)
class OrganisationAdmin(TerritoryAdmin):
    list_display = ["name", "siret", "published_email", "created_at"]
    search_fields = ["name", "siret"]
    readonly_fields = ["created_at"]
    inlines = [MemberInline]

    def get_readonly_fields(self, request, obj=None):
        return ["siret", *self.readonly_fields] if obj else self.readonly_fields


class StandingFilter(admin.SimpleListFilter):
    title = "situation"
    parameter_name = "situation"

    def lookups(self, request, page):
        return [("to_confirm", "À vérifier"), ("asking", "Demande à rejoindre"), ("former", "A quitté")]

    def queryset(self, request, members):
        match self.value():
            case "to_confirm":
                return members.active().filter(confirmed_at=None)
            case "asking":
                return members.asking()
            case "former":
                return members.filter(is_active=False, asked_at=None)
        return members


@admin.register(Membership)
class MembershipAdmin(ReadOnly, TerritoryAdmin):
    """Who acts for whom. Agents confirm; everything else is the entity's own business."""

    list_display = ["organisation", "user_email", "role", "is_active", "confirmed_at", "asked_at"]
    list_filter = [StandingFilter, "role", ("organisation", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["organisation__name", "organisation__siret", "user__email"]
    list_select_related = ["organisation", "user"]
    fields = ["organisation", "user_email", "role", "is_active", "confirmed_at", "confirmed_by", "asked_at"]
    readonly_fields = fields
    actions = ["confirm"]

    @admin.display(description="adresse e-mail", ordering="user__email")
    def user_email(self, membership: Membership) -> str:
        return membership.user.email

    @admin.action(description="Confirmer : cette personne agit bien pour l’entité", permissions=["confirm"])
    def confirm(self, request, memberships):
        act_on_each(self, request, memberships, confirm_member, done="membre(s) confirmé(s)")

    def has_confirm_permission(self, request) -> bool:
        return request.user.has_perm("accounts.change_membership")


class WorkplaceInline(admin.TabularInline):
    model = Workplace
    fields = ["name", "address", "postcode", "commune", "is_approximate"]
    readonly_fields = ["name", "address", "postcode", "commune", "is_approximate"]
    extra = 0
    max_num = 0
    can_delete = False


@admin.register(Company)
class CompanyAdmin(TerritoryAdmin):
    list_display = ["name", "siret", "is_trusted", "created_at"]
    list_filter = ["is_trusted"]
    search_fields = ["name", "organisation__siret", "organisation__name"]
    list_select_related = ["organisation"]
    readonly_fields = ["created_at"]
    autocomplete_fields = ["organisation"]
    inlines = [WorkplaceInline]

    @admin.display(description="SIRET", ordering="organisation__siret")
    def siret(self, company: Company) -> str:
        return company.organisation.siret

    def get_readonly_fields(self, request, obj=None):
        return ["organisation", *self.readonly_fields] if obj else self.readonly_fields


@admin.register(Workplace)
class WorkplaceAdmin(ReadOnly, TerritoryAdmin):
    """The company keeps its own addresses: an agent reads them."""

    list_display = ["company", "address", "postcode", "commune", "is_approximate"]
    search_fields = ["company__name", "address", "postcode"]
    list_select_related = ["company", "commune"]
