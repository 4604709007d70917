"""What beat asks of this room: one task per alcove that dates move."""

from celery import shared_task

from commitments.seats.moves import sweep_seats


@shared_task
def follow_seats() -> None:
    """First days without an answer; sessions cancelled, moved or gone while people hold seats."""
    sweep_seats()
