from django.apps import AppConfig
from django.contrib.admin import apps as admin


class TraitDUnionConfig(AppConfig):
    name = "traitdunion"
    verbose_name = "Trait d’Union"
    default = True


class RegionAdminConfig(admin.AdminConfig):
    default = False  # It would otherwise be taken for this room's own.
    default_site = "traitdunion.admin_site.RegionAdminSite"
