from django.urls import path

from territories import views

app_name = "territories"

urlpatterns = [
    path("recherche/lieux/", views.places, name="places"),
    path("recherche/metiers/", views.occupations, name="occupations"),
]
