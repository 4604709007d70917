"""What beat asks of this room."""

from celery import shared_task

from immersions.agreements.personal_data import forget_old_acts
from immersions.appointments.clock import sweep_appointments
from immersions.dates.clock import sweep_proposals
from immersions.facilitee.clock import sweep_external
from immersions.freed.actions import tell_of_free_places
from immersions.needs.actions import join_missing
from immersions.offers.actions import SWEEP_BATCH, refresh_publication
from immersions.stays.sweeps import move_stays_by_date


@shared_task
def follow_training_catalogue() -> None:
    """Offers that lost or found the training that they lead to; those that wait with no need join one."""
    if refresh_publication() >= SWEEP_BATCH:
        follow_training_catalogue.delay()
    join_missing()


@shared_task
def follow_proposed_dates() -> None:
    """Dates proposed and not answered: reminded, then closed."""
    sweep_proposals()


@shared_task
def follow_stays() -> None:
    """What the dates do: places given back, sheets, first days, last hours; then who waits for a place."""
    move_stays_by_date()
    tell_of_free_places()


@shared_task
def follow_appointments() -> None:
    """The reminder of the day before, and the quiet end of those that took place."""
    sweep_appointments()


@shared_task
def read_external_agreements() -> None:
    """Agreements made on Immersion Facilitée: validated there, confirmed here."""
    sweep_external()


@shared_task
def forget_old_agreements() -> None:
    """Five years later, an agreement keeps no name."""
    forget_old_acts()
