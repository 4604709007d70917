"""First appointments of the demo, and immersions in growing half-days."""

import datetime as dt

from django.utils import timezone

from immersions.applications.actions import book_application
from immersions.appointments.actions import offer_times, pick_time
from immersions.appointments.models import Appointment, AppointmentEvent, AppointmentTime, Kind
from immersions.dates.series import growing
from territories.working_days import working_days_after
from traitdunion.demo.past import Past
from traitdunion.demo.story import Story
from traitdunion.demo.tables import chance

MINUTES = 15
HOURS = (10, 14)


def times(story: Story) -> None:
    """« Parlons-nous d’abord »: two of them, in some days. Not the same ones for everybody."""
    today, department = timezone.localdate(), story.offer.commune.department_id
    quarter = chance(story.row["candidate"], 4) * MINUTES
    starts = [
        timezone.make_aware(
            dt.datetime.combine(working_days_after(today, number + 2, department), dt.time(hour, quarter))
        )
        for number, hour in enumerate(HOURS)
    ]
    offer_times(
        story.offer.company,
        starts,
        by=story.company,
        application=story.application,
        kind=Kind.PHONE,
        minutes=MINUTES,
        where="Je vous appelle au numéro de votre profil.",
    )


def pick(story: Story) -> None:
    first = AppointmentTime.objects.free_for(story.application).order_by("starts_at").first()
    pick_time(story.application, first, by=story.person)


def series(story: Story) -> None:
    """Mornings first, then whole days."""
    application, offer = story.application, story.offer
    days = growing(application.wished_weeks[0], offer.half_days or 2, offer.department_code)
    book_application(application, by=story.company, series=days)


STEPS = {"times": times, "pick": pick, "series": series}


def move(past: Past, moment: dt.datetime, story: Story) -> None:
    for appointment in Appointment.objects.filter(application=story.application):
        past.move(moment, Appointment, "id", appointment.pk)
        past.move(moment, AppointmentEvent, "appointment_id", appointment.pk)
