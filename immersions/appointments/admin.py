"""Appointments as agents see them."""

from typing import Any

from django.contrib import admin

from core.admin import EventInline
from immersions.appointments.models import Appointment, AppointmentEvent
from immersions.appointments.workflow import APPOINTMENT_WORKFLOW
from immersions.stays.admin import OfAStay


class AppointmentEventInline(EventInline):
    model = AppointmentEvent
    workflow = APPOINTMENT_WORKFLOW
    verbose_name_plural = "histoire du rendez-vous"


@admin.register(Appointment)
class AppointmentAdmin(OfAStay):
    """Read, never written by hand. Where one meets, or a call’s address, is between the two sides."""

    list_display = ["__str__", "person", "offer", "starts_at", "kind", "status"]
    list_filter = ["status", "time__kind"]
    list_select_related = [*OfAStay.list_select_related, "time"]
    fields = ["application", ("status", "status_since"), "starts_at", "kind", "noted_by"]
    readonly_fields = ["starts_at", "kind"]
    inlines = [AppointmentEventInline]

    @admin.display(description="le", ordering="time__starts_at")
    def starts_at(self, appointment: Appointment) -> Any:
        return appointment.time.starts_at

    @admin.display(description="comment")
    def kind(self, appointment: Appointment) -> str:
        return appointment.time.get_kind_display()
