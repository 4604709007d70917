"""Addresses of the dates; `immersions.urls` includes them before those of the offers."""

from django.urls import path

from immersions.dates import pages, series_pages, slot_pages

MINE = "candidat/candidatures/<int:pk>/dates/"
RECEIVED = "entreprise/candidatures/<int:pk>/dates/"

urlpatterns = [
    path("entreprise/offres/<int:pk>/creneaux/", slot_pages.company_slots, name="company_slots"),
    path("entreprise/creneaux/<int:pk>/deplacer/", slot_pages.slot_move, name="slot_move"),
    path("entreprise/creneaux/<int:pk>/fermer/", slot_pages.slot_close, name="slot_close"),
    path(
        "entreprise/candidatures/<int:pk>/place/plusieurs/",
        series_pages.application_series,
        name="application_series",
    ),
    path(MINE, pages.my_dates, name="my_dates"),
    path(f"{MINE}reponse/", pages.my_dates_answer, name="my_dates_answer"),
    path(f"{MINE}retirer/", pages.my_dates_back, name="my_dates_back"),
    path(RECEIVED, pages.received_dates, name="received_dates"),
    path(f"{RECEIVED}reponse/", pages.received_dates_answer, name="received_dates_answer"),
    path(f"{RECEIVED}retirer/", pages.received_dates_back, name="received_dates_back"),
]
