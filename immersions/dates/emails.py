"""The messages about other dates. Nothing is sent here."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from accounts.roles import COMPANY
from core.outbox import Message
from immersions.applications.calendar import REQUEST, invitations
from immersions.applications.emails import to_candidate, to_company, when_and_where
from immersions.applications.models import Application
from immersions.applications.words import day_words, when_words
from immersions.dates import periods
from immersions.dates.models import DateProposal, IfNot
from immersions.offers.models import Slot


def proposed(proposal: DateProposal) -> list[Message]:
    """To the other side: the dates, and what happens without an answer."""
    return _to_other(proposal, "dates_proposed", f"dates/{proposal.pk}", **_asked(proposal))


def reminder(proposal: DateProposal, *, number: int) -> list[Message]:
    change = f"dates/{proposal.pk}/reminder/{number}"
    return _to_other(proposal, "dates_reminder", change, **_asked(proposal))


def changed(proposal: DateProposal, held: list[Slot], now: list[Slot]) -> list[Message]:
    """To both: the same event of the calendar, with its new dates."""
    application = proposal.application
    person, dropped = application.candidate.user, held[len(now) :]
    change = f"dates/{proposal.pk}/changed"
    files = invitations(application, now, REQUEST, person.email, person.get_full_name(), dropped)
    context: dict[str, Any] = {"before": when_words(held), **when_and_where(application, now)}
    calendar: dict[str, Any] = {"calendar": (now, REQUEST), "dropped": dropped}
    return [
        to_candidate(application, "dates_changed", change, attachments=files, is_company=False, **context),
        *to_company(application, "dates_changed", change, is_company=True, **calendar, **context),
    ]


def kept(proposal: DateProposal, outcome: str, *, words: str) -> list[Message]:
    """These dates will not be: to who proposed them, or to who would have answered."""
    context = {"outcome": outcome, "words": words, "choices": said(proposal), **_now(proposal.application)}
    change = f"dates/{proposal.pk}/{outcome}"
    is_to_author = outcome in ("refuse", "expire")
    to_the_company = (proposal.proposed_by == COMPANY) == is_to_author
    return _to(proposal.application, "dates_kept", change, is_company=to_the_company, **context)


def said(proposal: DateProposal) -> list[str]:
    return [periods.words_of(choice) for choice in proposal.choices]


def _asked(proposal: DateProposal) -> dict[str, Any]:
    return {
        "choices": said(proposal),
        "words": proposal.words,
        "gives_back": proposal.if_not == IfNot.CANCEL,
        "answer_by": day_words(proposal.answer_due_on),
        **_now(proposal.application),
    }


def _now(application: Application) -> dict[str, str]:
    return {"now": when_words(application.slots)}


def _to_other(proposal: DateProposal, kind: str, change: str, **context: Any) -> list[Message]:
    is_company = proposal.proposed_by != COMPANY
    page = "received_dates_answer" if is_company else "my_dates_answer"
    answer = settings.SITE_URL + reverse(f"immersions:{page}", args=[proposal.application_id])
    return _to(proposal.application, kind, change, is_company=is_company, answer=answer, **context)


def _to(
    application: Application, kind: str, change: str, *, is_company: bool, **context: Any
) -> list[Message]:
    context |= {"is_company": is_company}
    if is_company:
        return to_company(application, kind, change, **context)
    return [to_candidate(application, kind, change, **context)]
