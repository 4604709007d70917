from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class TraitDUnionConfig(AppConfig):
    name = "traitdunion"
    verbose_name = "Trait d’Union"


class RegionAdminConfig(AdminConfig):
    default_site = "traitdunion.admin.RegionAdminSite"
