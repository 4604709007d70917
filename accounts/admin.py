"""Accounts: only who runs the site sees them all. Agents see people through what they follow."""

from django.contrib import admin

from accounts.models import User


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    is_national = True
    list_display = ["email", "is_staff", "is_active", "date_joined", "last_login"]
    list_filter = ["is_staff", "is_active"]
    search_fields = ["email"]
    fields = [
        "email",
        "first_name",
        "last_name",
        "phone",
        "is_active",
        "is_staff",
        "groups",
        "date_joined",
        "last_login",
        "erased_at",
    ]
    readonly_fields = ["date_joined", "last_login", "erased_at"]
    filter_horizontal = ["groups"]
    show_full_result_count = False

    def has_module_permission(self, request) -> bool:
        return request.user.is_superuser

    def has_view_permission(self, request, obj=None) -> bool:
        return request.user.is_superuser

    def has_change_permission(self, request, obj=None) -> bool:
        return request.user.is_superuser

    def has_add_permission(self, request) -> bool:
        return False  # `create_agent`, or signing up.

    def has_delete_permission(self, request, obj=None) -> bool:
        return False  # Erased by its owner: what it did must stay readable.
