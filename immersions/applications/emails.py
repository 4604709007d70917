"""The messages of an application: who gets what. Nothing is sent here.

A context is frozen text: the message says the same in a year. A company's confirmed members read
about people; before the booking they read a first name and answers, from the booking on contact
details (domain.md, rule 6).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse

from accounts.models import Membership, User
from core.outbox import Message
from immersions.applications.alternatives import alternatives_to, in_words, search_url
from immersions.applications.calendar import CANCEL, REQUEST, invitation, invitations
from immersions.applications.models import Application, EndReason, Question
from immersions.applications.words import (
    day_words,
    slot_words,
    thing_words,
    week_words,
    what_words,
    when_words,
)
from immersions.offers.models import Slot


@dataclass(frozen=True, slots=True)
class Reader:
    """Someone of the company who is written to; `user` is None for a contact without account."""

    to: str
    tag: str
    name: str = ""
    user: User | None = None


def readers_of(application: Application) -> list[Reader]:
    """The confirmed members, and the offer's own contact when one of them gave it: an address typed
    by who is not verified must not receive what concerns people.
    """
    company, detail = application.offer.company, getattr(application.offer, "detail", None)
    members = company.confirmed_members().order_by("pk")
    readers = [Reader(user.email, f"m{user.pk}", user.get_full_name(), user) for user in members]
    known = {reader.to.lower() for reader in readers}
    contact = detail.contact_for_people() if detail else ""
    if contact and contact not in known:
        readers.append(Reader(contact, "contact", detail.contact_name))
    return readers


# --- To the candidate ---------------------------------------------------------------------------
def receipt(application: Application) -> Message:
    return to_candidate(
        application,
        "receipt",
        "receipt",
        answer_by=day_words(application.answer_due_on),
        wishes=wishes_of(application),
    )


def question(application: Application, asked: Question) -> Message:
    return to_candidate(
        application,
        "question",
        f"question/{asked.pk}",
        question=asked.text,
        page="application_answer",
        answer_by=day_words(application.answer_due_on),
    )


def question_reminder(application: Application, asked: Question, *, number: int) -> Message:
    return to_candidate(
        application,
        "question_reminder",
        f"question/{asked.pk}/reminder/{number}",
        question=asked.text,
        page="application_answer",
        answer_by=day_words(application.answer_due_on),
    )


def booking(application: Application, slots: list[Slot]) -> Message:
    person = application.candidate.user
    return to_candidate(
        application,
        "booking",
        f"booking/{application.calendar_sequence}",
        attachments=[invitation(application, slots, REQUEST, person.email, person.get_full_name())],
        **when_and_where(application, slots),
    )


def declined(application: Application) -> Message:
    return _ended(application, "declined")


def expired(application: Application) -> Message:
    return _ended(application, "expired", unanswered=application.questions.open().exists())


def cancelled(application: Application, slots: list[Slot]) -> Message:
    person = application.candidate.user
    return _ended(
        application,
        "cancelled",
        when=when_words(slots),
        attachments=[invitation(application, slots, CANCEL, person.email, person.get_full_name())],
    )


def withdrawn_candidate(application: Application, slots: list[Slot]) -> Message:
    """Only after a booking: the candidate's own calendar must forget it too."""
    person = application.candidate.user
    return to_candidate(
        application,
        "withdrawn_candidate",
        f"withdrawn/{application.calendar_sequence}",
        when=when_words(slots),
        attachments=[invitation(application, slots, CANCEL, person.email, person.get_full_name())],
    )


def _ended(application: Application, kind: str, **context: Any) -> Message:
    """Bad news never comes without a way on."""
    ways = alternatives_to(application.offer, application.candidate, elsewhere=True)
    return to_candidate(
        application,
        kind,
        kind,
        reason=reason_of(application),
        words=application.end_words,
        alternatives=in_words(ways),
        search_url=search_url(application),
        **context,
    )


def agreement_refused(application: Application, slots: list[Slot]) -> list[Message]:
    """The prescriber said no: both are told why, and both calendars forget it."""
    person = application.candidate.user
    file = invitation(application, slots, CANCEL, person.email, person.get_full_name())
    told = _ended(application, "agreement_refused", when=when_words(slots), attachments=[file])
    context: dict[str, Any] = {"words": application.end_words, "when": when_words(slots)}
    change = "agreement_refused"
    return [
        told,
        *to_company(application, "agreement_refused_company", change, calendar=(slots, CANCEL), **context),
    ]


def place_moved(application: Application, slots: list[Slot], *, before: str) -> list[Message]:
    """To both: the same dates, elsewhere."""
    person, change = application.candidate.user, f"place/{application.calendar_sequence}"
    files = [invitation(application, slots, REQUEST, person.email, person.get_full_name())]
    said: dict[str, Any] = {"before": before, **when_and_where(application, slots)}
    return [
        to_candidate(application, "place_moved", change, attachments=files, is_company=False, **said),
        *to_company(application, "place_moved", change, calendar=(slots, REQUEST), is_company=True, **said),
    ]


# --- To the company -----------------------------------------------------------------------------
def application_received(application: Application) -> list[Message]:
    messages = to_company(
        application,
        "application",
        "application",
        answer_by=day_words(application.answer_due_on),
        wishes=wishes_of(application),
        answers=answers_of(application),
    )
    return messages or _to_unconfirmed(application)


def answered(application: Application, asked: Question) -> list[Message]:
    return to_company(
        application,
        "answer",
        f"answer/{asked.pk}",
        question=asked.text,
        answer=asked.answer,
        answer_by=day_words(application.answer_due_on),
    )


def booking_company(application: Application, slots: list[Slot]) -> list[Message]:
    person = application.candidate.user
    return to_company(
        application,
        "booking_company",
        f"booking/{application.calendar_sequence}",
        calendar=(slots, REQUEST),
        full_name=person.get_full_name(),
        email=person.email,
        phone=person.phone,
        answers=answers_of(application),
        **when_and_where(application, slots),
    )


def withdrawn(application: Application, slots: list[Slot]) -> list[Message]:
    return to_company(
        application,
        "withdrawn",
        "withdrawn",
        calendar=(slots, CANCEL),
        reason=reason_of(application),
        words=application.end_words,
        when=when_words(slots),
    )


def cancelled_company(application: Application, slots: list[Slot]) -> list[Message]:
    return to_company(
        application,
        "cancelled_company",
        "cancelled",
        calendar=(slots, CANCEL),
        when=when_words(slots),
    )


def company_reminder(application: Application, *, number: int) -> list[Message]:
    since = application.waiting_since.strftime("%Y%m%d")  # An answer may restart the clock.
    return to_company(
        application,
        "reminder_company",
        f"reminder/{since}/{number}",
        number=number,
        answer_by=day_words(application.answer_due_on),
        submitted_on=day_words(application.submitted_on),
    )


def expired_company(application: Application) -> list[Message]:
    unanswered = application.questions.open().exists()
    return to_company(application, "expired_company", "expired", unanswered=unanswered)


# --- What they share ----------------------------------------------------------------------------
def wishes_of(application: Application) -> list[str]:
    slots = [slot_words(slot) for slot in application.wished_slots.all()]
    return slots + [week_words(monday) for monday in application.wished_weeks]


def reason_of(application: Application) -> str:
    """As it is read: « Autre raison » says nothing, the words beside it do."""
    is_said = application.end_reason != EndReason.OTHER
    return application.get_end_reason_display() if is_said else ""


def answers_of(application: Application) -> list[dict[str, str]]:
    """The guided questions that were answered, as the company reads them."""
    asked = (
        ("Pourquoi ce métier", application.why),
        ("Déjà fait ou vu", application.experience),
        ("Pour bien l’accueillir", application.needs),
    )
    return [{"label": label, "value": value} for label, value in asked if value]


def _about(application: Application) -> dict[str, Any]:
    offer = application.offer
    return {
        "title": offer.title,
        "company": offer.company.name,
        "city": offer.commune.name if offer.commune else "",
        "thing": thing_words(offer),
        "what": what_words(offer),
        "this_thing": f"cette {thing_words(offer).lower()}",
        "needs_agreement": offer.needs_agreement,
        "first_name": application.candidate.user.first_name,
    }


def to_candidate(
    application: Application,
    kind: str,
    change: str,
    *,
    page: str = "my_application",
    attachments: Iterable[dict[str, str]] = (),
    **context: Any,
) -> Message:
    user = application.candidate.user
    link = settings.SITE_URL + reverse(f"immersions:{page}", args=[application.pk])
    return Message(
        kind=f"immersions/{kind}",
        to=user.email,
        to_user=user,
        key=f"application/{application.pk}/{change}/candidate",
        scope=application.offer.department_code,
        context={**_about(application), "link": link, **context},
        attachments=list(attachments),
    )


def to_company(
    application: Application,
    kind: str,
    change: str,
    *,
    calendar: tuple[list[Slot], str] | None = None,
    dropped: Sequence[Slot] = (),
    **context: Any,
) -> list[Message]:
    """One message per reader, so that no address is disclosed and one failure stays one failure."""
    link = settings.SITE_URL + reverse("immersions:received_application", args=[application.pk])
    slots, method = calendar or ([], "")
    return [
        Message(
            kind=f"immersions/{kind}",
            to=reader.to,
            to_user=reader.user,
            key=f"application/{application.pk}/{change}/{reader.tag}",
            scope=application.offer.department_code,
            context={
                **_about(application),
                "link": link,
                "is_member": reader.user is not None,
                "is_booked": bool(slots),
                **context,
            },
            attachments=invitations(application, slots, method, reader.to, reader.name, dropped),
        )
        for reader in readers_of(application)
    ]


def _to_unconfirmed(application: Application) -> list[Message]:
    """Nobody is confirmed yet: say that someone waits, and not who."""
    mine = Membership.objects.active().filter(organisation=application.offer.company.organisation_id)
    members = mine.filter(user__is_active=True)
    about = _about(application)
    about.pop("first_name")
    return [
        Message(
            kind="immersions/application_unconfirmed",
            to=member.user.email,
            to_user=member.user,
            key=f"application/{application.pk}/application/m{member.user_id}",
            scope=application.offer.department_code,
            context={
                **about,
                "link": settings.SITE_URL + reverse("company_space"),
                "answer_by": day_words(application.answer_due_on),
            },
        )
        for member in members.select_related("user").order_by("pk")
    ]


def when_and_where(application: Application, slots: list[Slot]) -> dict[str, Any]:
    offer = application.offer
    detail = getattr(offer, "detail", None)
    return {
        "when": when_words(slots),
        "slots": [slot_words(slot) for slot in slots],
        "place": str(offer.workplace),
        "contact_name": detail.contact_name if detail else "",
        "contact_phone": detail.contact_phone if detail else "",
        "contact_email": detail.contact_email if detail else "",
        "tutor_name": detail.tutor_name if detail else "",
        "clothes": detail.clothes if detail else "",
        "meals": detail.meals if detail else "",
        "access": detail.access if detail else "",
    }
