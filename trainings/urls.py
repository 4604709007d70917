from django.urls import path

from trainings import pages

app_name = "trainings"

urlpatterns = [
    path("formations/", pages.trainings, name="trainings"),
    path("formations.geojson", pages.trainings_geojson, name="trainings_geojson"),
]
