"""The public pages of a training and of a trade."""

from tests.access.answers import public
from trainings.factories import SessionFactory


def a_training(world) -> list:
    """Leads to the trade of the world's offer."""
    training = SessionFactory(action__training__leads_to=[world.offer.occupation]).action.training
    return [training.pk, training.slug]


ROUTES = {
    "immersions:training": public(args=a_training),
    "immersions:occupation": public(
        args=lambda world: [world.offer.occupation.code, world.offer.occupation.slug]
    ),
}
