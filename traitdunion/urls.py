"""Every address of the site. Public ones stay stable (see docs/addresses.md)."""

from django.contrib import admin
from django.urls import include, path

from traitdunion import views

urlpatterns = [
    path("apres-connexion/", views.after_login, name="after_login"),
    path("admin/", admin.site.urls),
]
