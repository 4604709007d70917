"""What beat asks of this room."""

from celery import shared_task

from immersions.offers.actions import refresh_publication


@shared_task
def follow_training_catalogue() -> None:
    """Offers that lost or found the training that they lead to."""
    refresh_publication()
