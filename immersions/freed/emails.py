"""The message about a place that is free again. Nothing is sent here."""

from django.conf import settings
from django.urls import reverse

from core.outbox import Message
from immersions.applications.words import slot_words
from immersions.freed.models import SlotWait


def freed(wait: SlotWait) -> Message:
    offer, person = wait.slot.offer, wait.candidate.user
    link = reverse("immersions:apply", args=[offer.pk, offer.slug])
    return Message(
        kind="immersions/place_freed",
        to=person.email,
        to_user=person,
        key=f"slotwait/{wait.pk}",
        scope=offer.department_code,
        context={
            "first_name": person.first_name,
            "title": offer.title,
            "company": offer.company.name,
            "when": slot_words(wait.slot),
            "link": f"{settings.SITE_URL}{link}?creneau={wait.slot_id}",
        },
    )
