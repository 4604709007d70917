"""The messages about an agreement made elsewhere. Nothing is sent here."""

from typing import Any

from core.outbox import Message
from immersions.applications.emails import to_candidate, to_company
from immersions.applications.models import Application
from immersions.applications.words import when_words
from immersions.facilitee.models import ExternalAgreement


def confirmed(agreement: ExternalAgreement, application: Application) -> list[Message]:
    change = f"external/{application.calendar_sequence}/confirmed"
    context: dict[str, Any] = {"number": agreement.number, "when": when_words(application.slots)}
    kind = "agreement_external"
    return [
        to_candidate(application, kind, change, is_company=False, **context),
        *to_company(application, kind, change, is_company=True, **context),
    ]
