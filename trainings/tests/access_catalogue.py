"""The public pages of the catalogue."""

from tests.access.answers import public

ROUTES = {
    "trainings:trainings": public(),
    "trainings:trainings_geojson": public(),
}
