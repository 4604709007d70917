"""What beat asks of this room."""

from celery import shared_task

from immersions.offers.actions import SWEEP_BATCH, refresh_publication


@shared_task
def follow_training_catalogue() -> None:
    """Offers that lost or found the training that they lead to."""
    if refresh_publication() >= SWEEP_BATCH:
        follow_training_catalogue.delay()
