"""Addresses of the immersions: public pages first, then each side's own."""

from django.urls import path, re_path

from immersions.agreements import urls as agreements
from immersions.applications import urls as applications
from immersions.appointments import urls as appointments
from immersions.dates import urls as dates
from immersions.facilitee import pages as facilitee
from immersions.freed import pages as freed
from immersions.offers import company_urls, pages
from immersions.prepared import urls as prepared
from immersions.settlements import urls as settlements
from immersions.stays import urls as stays
from immersions.trades import pages as trades

app_name = "immersions"

urlpatterns = [
    path("offres/", pages.offers, name="offers"),
    path("offres.geojson", pages.offers_geojson, name="offers_geojson"),
    path("offres/<int:pk>-<slug:slug>/", pages.offer, name="offer"),
    path("formations/<int:pk>-<slug:slug>/", trades.training, name="training"),
    re_path(
        r"^metiers/(?P<code>[A-Za-z][0-9]{4})(?:-(?P<slug>[-\w]*))?/$", trades.occupation, name="occupation"
    ),
    path("offres/<int:pk>-<slug:slug>/places/", freed.freed, name="freed"),
    path("conseiller/immersion-facilitee/<int:pk>/", facilitee.external_agreement, name="external_agreement"),
    *dates.urlpatterns,
    *appointments.urlpatterns,
    *company_urls.urlpatterns,
    *prepared.urlpatterns,
    *applications.urlpatterns,
    *stays.urlpatterns,
    *settlements.urlpatterns,
    *agreements.urlpatterns,
]
