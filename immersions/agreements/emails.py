"""The messages of an agreement: who gets what. Nothing is sent here."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import ADVISOR, CANDIDATE, COMPANY
from candidates.structures.models import Channel, SupportStructure
from core.outbox import Message
from immersions.agreements import prescriber, tutor_links
from immersions.agreements.models import (
    Agreement,
    AgreementVersion,
    Part,
    Party,
    Signatory,
    Signature,
    SigningCode,
)
from immersions.applications.words import day_words, when_words


def to_sign(agreement: Agreement, version: AgreementVersion, *, changed_by: str = "") -> list[Message]:
    """To each signatory, with their own link; the second time it says why one signs again."""
    return [
        _to_signatory(
            agreement,
            signatory,
            "to_sign",
            f"v{version.number}/to_sign",
            is_again=version.number > 1,
            changed_by=changed_by,
            is_prescriber=signatory.role == ADVISOR,
        )
        for signatory in agreement.signatories.filter(is_needed=True).order_by("pk")
    ]


def code(agreement: Agreement, signatory: Signatory, row: SigningCode, digits: str) -> Message:
    return _to_signatory(
        agreement,
        signatory,
        "code",
        f"code/{row.pk}",
        useless_after=row.created_at + SigningCode.LASTS,
        code=f"{digits[:3]} {digits[3:]}",
    )


def signed(agreement: Agreement, signature: Signature, *, waits_for: list[str]) -> Message:
    """The receipt of who signed; on paper, of who is said to have signed."""
    return Message(
        kind="immersions/agreement_signed",
        to=signature.email,
        to_user=signature.user,
        key=f"agreement/{agreement.pk}/signature/{signature.pk}",
        scope=agreement.application.offer.department_code,
        context={
            **_about(agreement),
            "link": _link_of(signature.signatory),
            "name": signature.name,
            "laid_by": signature.recorded_name,
            "waits_for": waits_for,
            "code": signature.version.code,
        },
    )


def channel_changed(agreement: Agreement, structure: SupportStructure) -> list[Message]:
    """To the two who fill, when another structure makes the agreement elsewhere."""
    return _of_channel(agreement, structure, str(agreement.events.count()))


def channel_chosen(agreement: Agreement, structure: SupportStructure) -> list[Message]:
    """To the two who fill, and to the prescriber, when the same structure makes it elsewhere."""
    now = timezone.now().isoformat(timespec="seconds")  # It may change its mind twice.
    advisors = prescriber.told_about(agreement)
    return _of_channel(agreement, structure, now, advisors=advisors, is_same_structure=True)


def _of_channel(
    agreement: Agreement,
    structure: SupportStructure,
    change: str,
    *,
    advisors: Sequence[User] = (),
    is_same_structure: bool = False,
) -> list[Message]:
    application = agreement.application
    context = {
        "structure": structure.name,
        "is_there": structure.agreement_channel == Channel.IMMERSION_FACILITEE,
        "is_same_structure": is_same_structure,
    }
    members = application.offer.company.confirmed_members()
    told = [(application.candidate.user, CANDIDATE), *((member, COMPANY) for member in members)]
    told += [(advisor, ADVISOR) for advisor in advisors]
    return [
        _to_account(
            agreement,
            user,
            "channel",
            f"channel/{structure.agreement_channel}/{change}/{structure.pk}",
            is_company=role != CANDIDATE,
            is_advisor=role == ADVISOR,
            **context,
        )
        for user, role in told
    ]


def to_validate(agreement: Agreement, version: AgreementVersion) -> list[Message]:
    return [
        _to_account(agreement, advisor, "to_validate", f"v{version.number}/to_validate")
        for advisor in prescriber.told_about(agreement)
    ]


def validated(agreement: Agreement, version: AgreementVersion) -> list[Message]:
    """To each signatory, and to the tutor, who receives someone."""
    messages = [
        _to_signatory(agreement, signatory, "validated", "validated", code=version.code, is_tutor=False)
        for signatory in agreement.signatories.filter(is_needed=True).order_by("pk")
    ]
    tutor = Part.objects.get(agreement=agreement, party=Party.COMPANY).data.get("tutor_email", "")
    if tutor and tutor.lower() not in {message.to.lower() for message in messages}:
        messages.append(
            Message(
                kind="immersions/agreement_validated",
                to=tutor,
                key=f"agreement/{agreement.pk}/validated/tutor",
                scope=agreement.application.offer.department_code,
                context={**_about(agreement), "link": "", "code": version.code, "is_tutor": True},
            )
        )
    return messages


def passed_on(agreement: Agreement, to: User, *, by: User, words: str, event: int) -> Message:
    return _to_account(
        agreement, to, "passed_on", f"passed_on/{event}", colleague=by.get_full_name(), words=words
    )


def to_fill(agreement: Agreement, data: dict[str, Any], *, event: int) -> Message:
    """To the tutor, who fills without an account."""
    token = tutor_links.token_for(agreement, data["tutor_email"])
    return Message(
        kind="immersions/agreement_to_fill",
        to=data["tutor_email"],
        key=f"agreement/{agreement.pk}/to_fill/{event}",
        scope=agreement.application.offer.department_code,
        context={
            **_about(agreement),
            "name": data.get("tutor_name", ""),
            "link": settings.SITE_URL + reverse("immersions:tutor_link", args=[token]),
        },
    )


def _to_signatory(
    agreement: Agreement,
    signatory: Signatory,
    kind: str,
    change: str,
    *,
    useless_after: dt.datetime | None = None,
    **context: Any,
) -> Message:
    person = agreement.application.candidate.user
    return Message(
        kind=f"immersions/agreement_{kind}",
        to=signatory.email,
        to_user=person if signatory.role == CANDIDATE else None,
        key=f"agreement/{agreement.pk}/{change}/{signatory.role}",
        scope=agreement.application.offer.department_code,
        is_secret=useless_after is not None,
        useless_after=useless_after,
        context={
            **_about(agreement),
            "name": signatory.name,
            "role": signatory.get_role_display().lower(),
            "link": _link_of(signatory),
            **context,
        },
    )


def _to_account(agreement: Agreement, user: User, kind: str, change: str, **context: Any) -> Message:
    link = settings.SITE_URL + reverse("immersions:agreement", args=[agreement.pk])
    return Message(
        kind=f"immersions/agreement_{kind}",
        to=user.email,
        to_user=user,
        key=f"agreement/{agreement.pk}/{change}/u{user.pk}",
        scope=agreement.application.offer.department_code,
        context={**_about(agreement), "link": link, **context},
    )


def _link_of(signatory: Signatory) -> str:
    return settings.SITE_URL + reverse("immersions:sign_link", args=[signatory.token])


def _about(agreement: Agreement) -> dict[str, Any]:
    application = agreement.application
    offer, slots = application.offer, application.slots
    return {
        "title": offer.title,
        "company": offer.company.name,
        "first_name": application.candidate.user.first_name,
        "full_name": application.candidate.user.get_full_name(),
        "when": when_words(slots),
        "first_day": day_words(slots[0].first_day) if slots else "",
    }
