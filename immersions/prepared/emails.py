"""The messages about a prepared application. Nothing is sent here, and never to the company."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from core.outbox import Message
from immersions.applications.words import day_words
from immersions.prepared.models import PreparedApplication


def prepared(it: PreparedApplication, *, number: int = 0) -> Message:
    """To the person, who reads it and sends it; again some days later."""
    person = it.candidate.user
    by = day_words(it.confirm_by)
    link = _link("immersions:prepared", it.pk)
    return _message(it, "application_prepared", str(number), person, link=link, confirm_by=by, number=number)


def still_waiting(it: PreparedApplication) -> Message:
    return _to_advisor(it, "prepared_waiting", confirm_by=day_words(it.confirm_by))


def confirmed(it: PreparedApplication) -> Message:
    return _to_advisor(it, "prepared_confirmed")


def not_sent(it: PreparedApplication, *, is_expired: bool) -> Message:
    return _to_advisor(it, "prepared_not_sent", is_expired=is_expired)


def _to_advisor(it: PreparedApplication, kind: str, **context: Any) -> Message:
    return _message(it, kind, kind, it.prepared_by, link=_link("advisor_space"), **context)


def _message(it: PreparedApplication, kind: str, change: str, to: User, **context: Any) -> Message:
    offer, person = it.offer, it.candidate.user
    return Message(
        kind=f"immersions/{kind}",
        to=to.email,
        to_user=to,
        key=f"prepared/{it.pk}/{kind}/{change}",
        scope=offer.department_code,
        context={
            "title": offer.title,
            "company": offer.company.name,
            "city": offer.commune.name if offer.commune else "",
            "first_name": person.first_name,
            "full_name": person.get_full_name(),
            "advisor": it.prepared_by.get_full_name() or "Votre conseiller",
            **context,
        },
    )


def _link(page: str, *args: Any) -> str:
    return settings.SITE_URL + reverse(page, args=args)
