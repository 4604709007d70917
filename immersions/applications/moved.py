"""The place of work moves: whoever is expected there is told where to come."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from companies.models import Workplace
from core.outbox import post
from immersions.applications import emails, places
from immersions.applications.models import Application


@transaction.atomic
def tell_who_is_expected(workplace: Workplace, *, by: User, before: str) -> None:
    """« C’est désormais là. » The same event of the calendar, at its new address; who has come and
    gone is not disturbed.
    """
    if before in ("", str(workplace)):
        return
    booked = Application.objects.with_a_place().filter(offer__workplace=workplace)
    for application in booked.order_by("pk"):
        application.lock()
        slots = places.held_by(application)
        if any(slot.last_day >= timezone.localdate() for slot in slots):
            application.calendar_sequence += 1
            application.save(update_fields=["calendar_sequence"])
            for message in emails.place_moved(application, slots, before=before):
                post(message)
