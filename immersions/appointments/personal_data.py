"""What this alcove keeps about a person (see core.personal_data)."""

from typing import Any

from accounts.models import User
from immersions.appointments.models import Appointment, AppointmentEvent


def export_appointments(user: User) -> list[dict[str, Any]]:
    return [
        {
            "entreprise": it.application.offer.company.name,
            "le": it.time.starts_at.isoformat(),
            "comment": it.time.get_kind_display(),
            "état": it.get_status_display(),
        }
        for it in Appointment.objects.of(user).for_page().order_by("time__starts_at")
    ]


def erase_appointments(user: User) -> None:
    """That one met is a fact of the company's too; what was written about it goes, whoever wrote it."""
    mine = Appointment.objects.of(user)
    AppointmentEvent.objects.filter(appointment__in=mine).exclude(note="").update(note="")
