"""An appointment in words."""

from django.utils import timezone

from core import french
from immersions.appointments.models import AppointmentTime, Kind

HOW = {Kind.PHONE: "au téléphone", Kind.VIDEO: "en visio", Kind.ON_SITE: "sur place"}


def time_words(time: AppointmentTime) -> str:
    """« mardi 8 décembre à 10 h, 15 minutes, au téléphone »."""
    local = timezone.localtime(time.starts_at)
    how = HOW[Kind(time.kind)]
    return f"{french.day(local.date(), weekday=True)} à {french.hour(local.time())}, {time.minutes} minutes, {how}"
