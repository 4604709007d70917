"""What time does to an appointment: the reminder of the day before, and its quiet end."""

import datetime as dt

from django.utils import timezone

from core.outbox import post
from core.sweeps import each_alone
from immersions.appointments import emails
from immersions.appointments.actions import hold_appointment
from immersions.appointments.models import Appointment

SAID_WITHIN = dt.timedelta(days=1)  # An absence is noted by then; later still, but nothing waits for it.


def sweep_appointments() -> int:
    """A night skipped or run twice changes nothing; a reminder past its hour is never sent."""
    now, tomorrow = timezone.now(), timezone.localdate() + dt.timedelta(days=1)
    soon = Appointment.objects.booked().filter(
        time__starts_at__gt=now, time__starts_at__date__lte=tomorrow, reminded_for=None
    )
    over = Appointment.objects.booked().filter(time__starts_at__lt=now - SAID_WITHIN)
    return each_alone(soon, _remind) + each_alone(over, _end)


def _end(pk: int) -> None:
    hold_appointment(Appointment.objects.for_page().get(pk=pk))


def _remind(pk: int) -> int:
    appointment = Appointment.objects.for_page().get(pk=pk)
    appointment.lock()
    if appointment.status != "booked" or appointment.reminded_for is not None:
        return 0
    appointment.reminded_for = appointment.time.starts_at
    appointment.save(update_fields=["reminded_for"])
    for message in emails.reminder(appointment):
        post(message)
    return 1
