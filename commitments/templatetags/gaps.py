"""The way to « ce qu’il reste à apprendre », on pages that do not know the trainings."""

from django import template

from immersions.applications.models import Application
from immersions.applications.workflow import ApplicationStatus
from immersions.stays.models import Attestation

register = template.Library()

NAMES = {"candidate": "gap", "company": "received_gap", "advisor": "followed_gap"}


@register.inclusion_tag("commitments/gaps/link.html")
def gap_link(application: Application, side: str) -> dict[str, object]:
    """Once a tutor's observations are attested."""
    is_shown = (
        application.status == ApplicationStatus.COMPLETED
        and Attestation.objects.filter(application=application).exists()
    )
    return {"name": f"commitments:{NAMES[side]}" if is_shown else "", "pk": application.pk, "side": side}
