"""Addresses of what is left to learn; `commitments.urls` includes them in the room's namespace."""

from django.urls import path

from commitments.gaps import pages

urlpatterns = [
    path("candidat/competences/<int:pk>/", pages.mine, name="gap"),
    path("entreprise/competences/<int:pk>/", pages.received, name="received_gap"),
    path("conseiller/competences/<int:pk>/", pages.followed, name="followed_gap"),
]
