"""Addresses of the immersions: public pages first, then each side's own."""

from django.urls import path

from immersions.offers import pages

app_name = "immersions"

urlpatterns = [
    path("offres/", pages.offers, name="offers"),
    path("offres.geojson", pages.offers_geojson, name="offers_geojson"),
    path("offres/<int:pk>-<slug:slug>/", pages.offer, name="offer"),
]
