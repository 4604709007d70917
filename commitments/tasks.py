"""What beat asks of this room: one task per alcove that dates move."""

from celery import shared_task

from commitments.contracts.actions import conclude_trained
from commitments.courses.sweeps import sweep_courses
from commitments.followups.actions import ask_due, forget_old, plan_missing
from commitments.parcours.actions import forget_old_accesses
from commitments.projects.personal_data import forget_old_acts
from commitments.seats.moves import sweep_seats


@shared_task
def follow_seats() -> None:
    """First days without an answer; sessions cancelled, moved or gone while people hold seats."""
    sweep_seats()


@shared_task
def follow_contracts() -> None:
    """Trained: are the conditions met? Past their training: where are they now?"""
    conclude_trained()
    plan_missing()
    ask_due()


@shared_task
def forget_old_outcomes() -> None:
    """Five years later, outcomes are kept without the person; a year later, who read a path is forgotten."""
    forget_old_acts()
    forget_old()
    forget_old_accesses()


@shared_task
def follow_courses() -> None:
    """Entries and results not said, check-ins, internships to come."""
    sweep_courses()
