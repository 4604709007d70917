"""What an offer asks of an agent: to be read; and by when a training is looked for (`immersions.needs`)."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from immersions.needs.delay import answer_due_on
from immersions.offers.models import Offer
from immersions.offers.workflow import OfferStatus
from territories.actions import close_agent_task, open_agent_task
from territories.models import AgentTask

TO_READ = "offer_in_moderation"


def answer_by(offer: Offer) -> dt.date:
    """The day by which an agent answers a need of training opened today."""
    department = offer.commune.department_id if offer.commune else ""
    return answer_due_on(timezone.localdate(), department)


def open_reading(offer: Offer) -> AgentTask:
    """Nobody has read this offer within the time that we promise."""
    return open_agent_task(
        TO_READ,
        f"Offre à relire : {offer.title}, {offer.company}",
        key=f"{TO_READ}:{offer.pk}:{offer.status_since:%Y%m%d%H%M%S}",
        url=admin_page(offer),
        detail=f"Nous répondons aux entreprises en {offer.reading_words} : ce délai est dépassé.",
        department=offer.commune.department if offer.commune else None,
        due_on=timezone.localdate(),
    )


def close_tasks_of(offer: Offer, *, left: str, by: User | None) -> None:
    """The offer left that status: what an agent had to read of it is done."""
    if left != OfferStatus.IN_MODERATION or offer.status == left:
        return
    outcome = f"L’offre est maintenant : {offer.get_status_display().lower()}."
    for task in AgentTask.objects.open().filter(
        kind=TO_READ, unique_key__startswith=f"{TO_READ}:{offer.pk}:"
    ):
        close_agent_task(task, by=by, outcome=outcome)


def admin_page(offer: Offer) -> str:
    return reverse("admin:immersions_offer_change", args=[offer.pk])
