"""The messages from the evening before to the reports: who gets what. Nothing is sent here."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from accounts.roles import CANDIDATE
from core import french
from core.outbox import Message, ics
from immersions.applications.alternatives import alternatives_to, in_words
from immersions.applications.calendar import CANCEL, ics_of
from immersions.applications.emails import readers_of, reason_of
from immersions.applications.models import Application
from immersions.applications.words import day_words, slot_words, thing_words, when_words
from immersions.offers.models import Slot
from immersions.stays import people
from immersions.stays.dates import Period
from immersions.stays.models import Absence, Attestation, Incident, Report, Side

SERVICE = "immersions/stay_"


# --- By the dates --------------------------------------------------------------------------------
def lapsed(application: Application, slots: list[Slot]) -> list[Message]:
    """Not signed in time: both sides and the advisor are told, both calendars forget it."""
    change = f"lapsed/{application.calendar_sequence}"
    context: dict[str, Any] = {"when": when_words(slots)}
    ways = in_words(alternatives_to(application.offer, application.candidate))
    told = to_candidate(
        application, "lapsed", change, alternatives=ways, search_url=link_to("offers"), **context
    )
    person = application.candidate.user
    told.attachments.append(_invitation(application, slots, person.email, person.get_full_name()))
    company = to_company(application, "lapsed_company", change, **context)
    for message in company:
        message.attachments.append(_invitation(application, slots, message.to, ""))
    return [told, *company, *to_advisors(application, "lapsed_advisor", change, **context)]


def sheet(application: Application, period: Period) -> list[Message]:
    """Three days before: all that one needs that morning; and to the company, who comes."""
    change = f"sheet/{period.first_day}"
    context: dict[str, Any] = {
        "when": when_words(period.slots),
        "slots": [slot_words(slot) for slot in period.slots],
        **sheet_of(application),
    }
    person = application.candidate.user
    return [
        to_candidate(application, "sheet", change, page=("stay_sheet", application.pk), **context),
        *to_company(
            application,
            "sheet_company",
            change,
            page=("received_stay_sheet", application.pk),
            full_name=person.get_full_name(),
            phone=person.phone,
            **context,
        ),
    ]


def sheet_of(application: Application) -> dict[str, str]:
    """Where to report, whom to ask for, what to wear, eat, bring, and whom to call."""
    offer, detail = application.offer, getattr(application.offer, "detail", None)
    tutor, _ = people.tutor_of(application)
    following = people.following_of(application)
    return {
        "place": str(offer.workplace) if offer.workplace else "",
        "ask_for": tutor or (detail.contact_name if detail else ""),
        "clothes": detail.clothes if detail else "",
        "meals": detail.meals if detail else "",
        "access": detail.access if detail else "",
        "hours": detail.working_hours if detail else "",
        "contact_name": detail.contact_name if detail else "",
        "contact_phone": detail.contact_phone if detail else "",
        "structure": following.structure.name if following else "",
        "structure_phone": following.structure.phone if following else "",
    }


# --- Reports -------------------------------------------------------------------------------------
def report_asked(report: Report) -> list[Message]:
    return _ask_report(report, number=0)


def report_reminder(report: Report, *, number: int) -> list[Message]:
    return _ask_report(report, number=number)


def _ask_report(report: Report, *, number: int) -> list[Message]:
    application, change = report.application, f"report/{report.pk}/{number}"
    if report.side == Side.CANDIDATE:
        page = ("stay_report", application.pk)
        return [to_candidate(application, "report", change, page=page, number=number)]
    page = ("received_stay_report", application.pk)
    by_link = link_to("report_link", report.token)
    messages = to_company(
        application, "report_company", change, page=page, contact_link=by_link, number=number, name=""
    )
    name, address = people.tutor_of(application)
    if address and address.lower() not in {message.to.lower() for message in messages}:
        messages.append(
            message_about(
                application,
                "report_company",
                f"{change}/tutor",
                to=address,
                link=by_link,
                number=number,
                name=name,
                is_member=True,
            )
        )
    return messages


def report_given(report: Report) -> list[Message]:
    """The advisor reads it in their space; a private word stands there only, and in no message."""
    application = report.application
    said = {
        "is_candidate": report.side == Side.CANDIDATE,
        "fits": report.get_fits_display(),
        "goes_on": report.get_goes_on_display(),
        "words": report.words,
        "has_private_words": bool(report.private_words),
        "full_name": application.candidate.user.get_full_name(),
    }
    told = to_advisors(application, "report_given", f"report/{report.pk}/given", **said)
    person = application.candidate.user
    if told or report.side == Side.CANDIDATE:
        return told
    # Nobody accompanies the person: they are the one who must know.
    link = link_to("my_application", application.pk)
    said |= {"is_mine": True, "has_private_words": False}
    change = f"report/{report.pk}/given/candidate"
    return [
        message_about(application, "report_given", change, to=person.email, to_user=person, link=link, **said)
    ]


def attestation_ready(attestation: Attestation) -> Message:
    application = attestation.application
    page = ("stay_attestation", application.pk)
    return to_candidate(application, "attestation", "attestation", page=page, code=attestation.code)


# --- When it does not go as planned --------------------------------------------------------------
def interrupted(application: Application, *, by: str) -> list[Message]:
    context: dict[str, Any] = {"reason": reason_of(application), "words": application.end_words}
    told = to_advisors(
        application,
        "interrupted_advisor",
        "interrupted",
        by_candidate=by == CANDIDATE,
        full_name=application.candidate.user.get_full_name(),
        **context,
    )
    if by == CANDIDATE:
        other = to_company(application, "interrupted", "interrupted", by_candidate=True, **context)
    else:
        other = [to_candidate(application, "interrupted", "interrupted", by_candidate=False, **context)]
    return [*other, *told]


def absence(version: Absence, *, is_first: bool) -> list[Message]:
    """The other side is asked for its own version; the advisor reads both."""
    application = version.application
    change = f"absence/{version.pk}"
    told = to_advisors(
        application,
        "absence_advisor",
        change,
        full_name=application.candidate.user.get_full_name(),
        said_by_candidate=version.side == CANDIDATE,
        whose=version.get_whose_display(),
        words=version.words,
        is_first=is_first,
    )
    if not is_first:
        return told or _absence_receipt(version)
    if version.side == CANDIDATE:
        page = ("received_stay_absence", application.pk)
        return [*to_company(application, "absence", change, page=page, by_candidate=True), *told]
    page = ("stay_absence", application.pk)
    return [to_candidate(application, "absence", change, page=page, by_candidate=False), *told]


def _absence_receipt(version: Absence) -> list[Message]:
    """Nobody accompanies the person: who has spoken keeps a trace of what was said."""
    author, application = version.said_by, version.application
    return [
        message_about(
            application,
            "absence_advisor",
            f"absence/{version.pk}/author",
            to=author.email,
            to_user=author,
            link=link_to(
                "my_application" if version.side == CANDIDATE else "received_application", application.pk
            ),
            is_author=True,
            full_name=application.candidate.user.get_full_name(),
            said_by_candidate=version.side == CANDIDATE,
            whose=version.get_whose_display(),
            words=version.words,
            is_first=False,
        )
    ]


def incident(it: Incident) -> list[Message]:
    """To every member of the structure, and a receipt to who said it. Never to the other side."""
    application = it.application
    context = {
        "is_accident": it.kind == "accident",
        "by_candidate": it.side == CANDIDATE,
        "words": it.words,
        "at": f"{french.day(it.said_on, weekday=True)} à {french.hour(it.said_time)}",
        "full_name": application.candidate.user.get_full_name(),
        "phone": application.candidate.user.phone,
    }
    everybody = people.structure_members_of(application)
    told = [
        _to_advisor(application, member, "incident", f"incident/{it.pk}", context) for member in everybody
    ]
    following = people.following_of(application)
    receipt = message_about(
        application,
        "incident_receipt",
        f"incident/{it.pk}/receipt",
        to=it.said_by.email,
        to_user=it.said_by,
        link=link_to("my_application" if it.side == CANDIDATE else "received_application", application.pk),
        structure=following.structure.name if told and following else "",
        **context,
    )
    return [*told, receipt]


# --- Once more -----------------------------------------------------------------------------------
def renewal_asked(renewal: Application) -> list[Message]:
    by, why = day_words(renewal.answer_due_on), renewal.why
    asked = to_company(renewal, "renewal_asked", "renewal/asked", answer_by=by, why=why)
    return [*asked, *_renewal_to_advisors(renewal, when="", answer_by=by)]


def renewal_proposed(renewal: Application) -> list[Message]:
    """They may say no: by withdrawing, as long as it is not signed."""
    when = when_words(renewal.slots)
    mine = to_candidate(renewal, "renewal_proposed", "renewal/proposed", when=when, why=renewal.why)
    return [mine, *_renewal_to_advisors(renewal, when=when, answer_by="")]


def _renewal_to_advisors(renewal: Application, *, when: str, answer_by: str) -> list[Message]:
    """`when`: the place is already held, and there is an agreement to sign again."""
    context = {
        "when": when,
        "answer_by": answer_by,
        "why": renewal.why,
        "full_name": renewal.candidate.user.get_full_name(),
    }
    return [
        _to_advisor(renewal, advisor, "renewal_advisor", "renewal", context)
        for advisor in people.advisors_of(renewal)
    ]


# --- What they share -----------------------------------------------------------------------------
def link_to(page: str, *args: Any) -> str:
    return settings.SITE_URL + reverse(f"immersions:{page}", args=args)


def message_about(
    application: Application,
    kind: str,
    change: str,
    *,
    to: str,
    link: str,
    to_user: User | None = None,
    **context: Any,
) -> Message:
    offer = application.offer
    about = {
        "title": offer.title,
        "company": offer.company.name,
        "city": offer.commune.name if offer.commune else "",
        "thing": thing_words(offer),
        "this_thing": f"cette {thing_words(offer).lower()}",
        "first_name": application.candidate.user.first_name,
        "link": link,
    }
    return Message(
        kind=f"{SERVICE}{kind}",
        to=to,
        to_user=to_user,
        key=f"application/{application.pk}/{change}",
        scope=offer.department_code,
        context=about | context,
    )


def to_candidate(
    application: Application, kind: str, change: str, *, page: tuple = (), **context: Any
) -> Message:
    user = application.candidate.user
    name, *args = page or ("my_application", application.pk)
    return message_about(
        application,
        kind,
        f"{change}/candidate",
        to=user.email,
        to_user=user,
        link=link_to(name, *args),
        to_candidate=True,
        is_member=True,
        **context,
    )


def to_company(
    application: Application,
    kind: str,
    change: str,
    *,
    page: tuple = (),
    contact_link: str = "",
    **context: Any,
) -> list[Message]:
    """One per reader. `contact_link` is for who has no account."""
    name, *args = page or ("received_application", application.pk)
    own = link_to(name, *args)
    return [
        message_about(
            application,
            kind,
            f"{change}/{reader.tag}",
            to=reader.to,
            to_user=reader.user,
            link=own if reader.user or not contact_link else contact_link,
            to_candidate=False,
            is_member=reader.user is not None or bool(contact_link),
            **context,
        )
        for reader in readers_of(application)
    ]


def to_advisors(application: Application, kind: str, change: str, **context: Any) -> list[Message]:
    return [
        _to_advisor(application, advisor, kind, change, context)
        for advisor in people.advisors_of(application)
    ]


def _to_advisor(
    application: Application, advisor: User, kind: str, change: str, context: dict[str, Any]
) -> Message:
    link = link_to("followed_stay", application.pk)
    return message_about(
        application,
        kind,
        f"{change}/advisor/u{advisor.pk}",
        to=advisor.email,
        to_user=advisor,
        link=link,
        **context,
    )


def _invitation(application: Application, slots: list[Slot], to: str, name: str) -> dict[str, str]:
    content = ics_of(application, slots, method=CANCEL, to=to, name=name)
    return ics("immersion.ics", content, method=CANCEL)
