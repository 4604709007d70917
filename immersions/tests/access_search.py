"""The public pages of the offers."""

from tests.access.answers import public

ROUTES = {
    "immersions:offers": public(),
    "immersions:offers_geojson": public(),
    "immersions:offer": public(args=lambda world: [world.offer.pk, world.offer.slug]),
}
