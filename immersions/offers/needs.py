"""What an offer asks of an agent: an offer to read, a training to find."""

import datetime as dt

from django.db.models import TextChoices
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from immersions.offers.models import Offer, OfferEvent
from immersions.offers.workflow import OfferStatus
from territories.actions import close_agent_task, open_agent_task
from territories.models import AgentTask, EmploymentBasin
from territories.working_days import working_days_after

TRAINING_NEED = "training_need"
TO_READ = "offer_in_moderation"
ANSWER_WITHIN = 5  # Working days (domain.md, "Offer").


class NeedAnswer(TextChoices):
    """What an agent found (domain.md, "Offer"): a closed list, counted."""

    SESSION = "session", "Une session est rattachée à ce métier"
    COLLECTIVE = "collective", "Une action collective avant embauche"
    POEI = "poei", "Une formation avec France Travail avant l’embauche (POEI)"
    NONE = "none", "Pas de solution pour le moment"


KIND_OF = {
    OfferStatus.AWAITING_TRAINING: TRAINING_NEED,
    OfferStatus.IN_MODERATION: TO_READ,
}


def open_need(offer: Offer, event: OfferEvent, *, missing: str) -> AgentTask:
    """« Besoin de formation » : occupation × basin × posts, answered within five working days."""
    posts = offer.posts or 1
    basin = EmploymentBasin.objects.filter(epcis__communes=offer.commune_id).first()
    where = f"bassin de {basin}" if basin else str(offer.commune)
    return open_agent_task(
        TRAINING_NEED,
        f"Besoin de formation : {offer.occupation}, {where}, {posts} poste{'s'[: posts > 1]}",
        key=f"{TRAINING_NEED}:{offer.pk}:{event.pk}",
        url=admin_page(offer),
        detail=(
            f"{missing} Réponses possibles : une session rattachée à ce métier, une action "
            "collective avant embauche, une POEI, ou pas de solution."
        ),
        department=offer.commune.department,
        due_on=answer_by(offer),
    )


def answer_by(offer: Offer) -> dt.date:
    """The day by which an agent answers a need of training opened today."""
    department = offer.commune.department_id if offer.commune else ""
    return working_days_after(timezone.localdate(), ANSWER_WITHIN, department)


def open_reading(offer: Offer) -> AgentTask:
    """Nobody has read this offer within the time that we promise."""
    return open_agent_task(
        TO_READ,
        f"Offre à relire : {offer.title}, {offer.company}",
        key=f"{TO_READ}:{offer.pk}:{offer.status_since:%Y%m%d%H%M%S}",
        url=admin_page(offer),
        detail="Nous répondons aux entreprises en 48 heures : ce délai est dépassé.",
        department=offer.commune.department if offer.commune else None,
        due_on=timezone.localdate(),
    )


def close_tasks_of(offer: Offer, *, left: str, by: User | None) -> None:
    """The offer left that status: what an agent had to do about it is done."""
    kind = KIND_OF.get(OfferStatus(left))
    if kind and offer.status != left:
        outcome = f"L’offre est maintenant : {offer.get_status_display().lower()}."
        close_tasks(offer, kind, by=by, outcome=outcome)


def close_tasks(offer: Offer, kind: str, *, by: User | None, outcome: str) -> None:
    tasks = AgentTask.objects.open().filter(kind=kind, unique_key__startswith=f"{kind}:{offer.pk}:")
    for task in tasks:
        close_agent_task(task, by=by, outcome=outcome)


def admin_page(offer: Offer) -> str:
    return reverse("admin:immersions_offer_change", args=[offer.pk])
