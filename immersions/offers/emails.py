"""The letters about an offer: who is told what. Nothing is sent here."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from core import french
from core.outbox import Message
from core.workflow import SYSTEM
from immersions.needs.models import TrainingNeed
from immersions.offers.models import Offer, OfferEvent
from immersions.offers.needs import answer_by

Letter = Callable[[Offer, OfferEvent], tuple[str, dict[str, Any]]]


def published(offer: Offer, event: OfferEvent) -> tuple[str, dict[str, Any]]:
    """It can be seen, or can be seen again."""
    again = event.from_status != "in_moderation"
    return "immersions/offer_published", {
        "again": again,
        "public_url": settings.SITE_URL + offer.get_absolute_url(),
        "answer_days": offer.answer_days,
    }


def sent_back(offer: Offer, event: OfferEvent) -> tuple[str, dict[str, Any]]:
    """An agent asks for a change, and says which."""
    return "immersions/offer_sent_back", {"reason": event.note}


def awaiting_training(offer: Offer, event: OfferEvent) -> tuple[str, dict[str, Any]]:
    """What is missing, who looks for it, until when."""
    return "immersions/offer_awaiting_training", {
        "missing": event.note,
        "answer_by": french.day(_answer_by(offer), weekday=True),
        "was_published": event.from_status == "published",
        "by_the_catalogue": event.role == SYSTEM,
    }


def _answer_by(offer: Offer) -> dt.date:
    """That of the need which it joined; opened today when nobody waited before."""
    need = TrainingNeed.objects.of_offer(offer).first()
    return need.due_on if need else answer_by(offer)


def stopped(offer: Offer, event: OfferEvent) -> tuple[str, dict[str, Any]]:
    """An agent paused or closed it."""
    status = offer.get_status_display().lower()
    return "immersions/offer_stopped", {"status": status, "reason": event.note}


def to_each(offer: Offer, event: OfferEvent, letter: Letter) -> list[Message]:
    """One message per reader: the confirmed members and the contact named in the offer."""
    kind, words = letter(offer, event)
    return for_readers(offer, kind, words, change=str(event.pk))


def for_readers(offer: Offer, kind: str, words: dict[str, Any], *, change: str) -> list[Message]:
    """The same words for each; `change` says for which of its changes, once."""
    context = {
        "title": offer.title,
        "company": offer.company.name,
        "url": settings.SITE_URL + reverse("immersions:company_offer", args=[offer.pk]),
        **words,
    }
    return [
        Message(
            kind=kind,
            to=address,
            to_user=user,
            key=f"{kind}:{offer.pk}:{change}:{user.pk if user else 'contact'}",
            scope=offer.department_code,
            context=context,
        )
        for address, user in _readers(offer).items()
    ]


def _readers(offer: Offer) -> dict[str, User | None]:
    """Nothing here speaks of a candidate: without a confirmed member, the others are told."""
    members = list(offer.company.confirmed_members()) or list(
        User.objects.filter(
            memberships__organisation=offer.company.organisation_id,
            memberships__is_active=True,
            is_active=True,
        )
    )
    readers: dict[str, User | None] = {}
    if contact := offer.detail.contact_without_account():
        readers[contact] = None
    readers |= {member.email.lower(): member for member in members}
    return readers
