"""Reminders of an agreement that is not signed: to each one whose part or signature is missing."""

from typing import Any

from core.outbox import Message
from immersions.agreements.channels import is_made_there
from immersions.agreements.models import Agreement, Party, Signature
from immersions.agreements.workflow import FROZEN
from immersions.applications.models import Application
from immersions.applications.words import day_words, when_words
from immersions.stays import people
from immersions.stays.dates import Period
from immersions.stays.emails import link_to, message_about, to_candidate, to_company


def agreement_reminder(application: Application, period: Period, *, kind: str) -> list[Message]:
    """To each one whose part or signature is still missing."""
    agreement = Agreement.objects.live().filter(application=application).last()
    if agreement is None:
        return []
    context: dict[str, Any] = {
        "when": when_words(period.slots),
        "before": day_words(period.must_be_signed_by.date()),
        "to_sign": agreement.status in FROZEN,
    }
    change = f"agreement_reminder/{period.first_day}/{kind}"
    if is_made_there(agreement):
        return _to_who_makes_it_there(agreement, change, context)
    if agreement.status not in FROZEN:
        return _to_who_fills(agreement, change, context)
    signed = Signature.objects.filter(version=agreement.version).values_list("role", flat=True)
    return [
        message_about(
            application,
            "agreement_reminder",
            f"{change}/{signatory.role}",
            to=signatory.email,
            link=link_to("sign_link", signatory.token),
            **context,
        )
        for signatory in agreement.needed_signatories
        if signatory.role not in set(signed)
    ]


def _to_who_makes_it_there(agreement: Agreement, change: str, context: dict[str, Any]) -> list[Message]:
    """Only its structure knows how far it is on Immersion Facilitée."""
    application = agreement.application
    return [
        message_about(
            application,
            "agreement_reminder",
            f"{change}/advisor/u{advisor.pk}",
            to=advisor.email,
            to_user=advisor,
            link=link_to("external_agreement", application.pk),
            is_there=True,
            **context,
        )
        for advisor in people.advisors_of(application)
    ]


def _to_who_fills(agreement: Agreement, change: str, context: dict[str, Any]) -> list[Message]:
    application, page = agreement.application, ("agreement", agreement.pk)
    messages: list[Message] = []
    for part in agreement.parts.order_by("pk"):
        if part.data.get("steps"):
            continue  # Begun: what is missing stands on their dashboard.
        if part.party == Party.CANDIDATE:
            messages.append(to_candidate(application, "agreement_reminder", change, page=page, **context))
        elif part.party == Party.COMPANY:
            messages += to_company(application, "agreement_reminder", change, page=page, **context)
    return messages
