"""What the workers do for the catalogue of trainings."""

from celery import shared_task

from trainings.catalogue import reading

MINUTES = 60


# A whole catalogue takes its time: less than what the broker waits before it gives the task to another.
@shared_task(soft_time_limit=12 * MINUTES, time_limit=13 * MINUTES)
def read_catalogue_file(pk: int) -> None:
    """Try out or import what an agent laid down. Calling it twice does it once."""
    reading.read(pk)


@shared_task
def follow_catalogue_files() -> None:
    """Bells that were lost; files that are a week old."""
    for pk in reading.waiting().values_list("pk", flat=True):
        read_catalogue_file.delay(pk)
    reading.forget_old_files()
