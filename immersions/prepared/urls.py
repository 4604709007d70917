"""Addresses of prepared applications; `immersions.urls` includes them in its own namespace."""

from django.urls import path

from immersions.applications.urls import MINE
from immersions.prepared import pages

READY = f"{MINE}preparees/<int:pk>/"

urlpatterns = [
    path("conseiller/offres/<int:pk>/preparer/<int:following>/", pages.prepare, name="prepare_application"),
    path("conseiller/candidatures-preparees/<int:pk>/", pages.prepared_for, name="prepared_for"),
    path("conseiller/candidatures-preparees/<int:pk>/retirer/", pages.take_back, name="prepared_take_back"),
    path(READY, pages.prepared, name="prepared"),
    path(f"{READY}refuser/", pages.refuse, name="prepared_refuse"),
]
