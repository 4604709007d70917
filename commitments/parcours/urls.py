"""Addresses of paths; `commitments.urls` includes them in the room's namespace."""

from django.urls import path

from commitments.parcours import pages

urlpatterns = [
    path("candidat/parcours/", pages.my_path, name="my_path"),
    path("candidat/parcours/lecteurs/", pages.my_readers, name="my_readers"),
    path("candidat/parcours/lecteurs/<int:pk>/", pages.share, name="path_share"),
    path("parcours/<uuid:uid>/", pages.path_of, name="path"),
    path("projets/<int:pk>/parrainage/", pages.sponsor, name="sponsor"),
]
