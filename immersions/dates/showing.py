"""What the page of an application says of the dates proposed, and the to-dos that they make."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from accounts.roles import CANDIDATE, COMPANY
from core.todo import Todo
from immersions.applications.models import Application
from immersions.applications.rebooking import move_of
from immersions.applications.words import day_words
from immersions.dates import periods
from immersions.dates.models import DateProposal, IfNot
from immersions.days import unusual_days


@dataclass(frozen=True, slots=True)
class Dates:
    """For one side: may it propose, what did it propose, what must it answer."""

    can_propose: bool
    mine: DateProposal | None
    theirs: DateProposal | None
    choices: list[str]

    @property
    def can_take_back(self) -> bool:
        return self.mine is not None and self.mine.if_not == IfNot.KEEP


def dates_of(application: Application, *, side: str) -> Dates:
    proposal = DateProposal.objects.open().filter(application=application).first()
    is_mine = proposal is not None and proposal.proposed_by == side
    return Dates(
        can_propose=proposal is None and move_of(application.offer).is_possible_from(application.status),
        mine=proposal if is_mine else None,
        theirs=None if is_mine else proposal,
        choices=[periods.words_of(choice) for choice in proposal.choices] if proposal else [],
    )


def remarks_of(proposal: DateProposal) -> list[str]:
    """Sundays and public holidays of the department among the dates proposed."""
    department = proposal.application.offer.department_code
    said: list[str] = []
    for choice in proposal.choices:
        for period in choice:
            first, last = (dt.date.fromisoformat(period[name]) for name in ("first_day", "last_day"))
            said += [each for each in unusual_days(first, last, department) if each not in said]
    return said


def todos_for_candidate(user: User) -> list[Todo]:
    asked = DateProposal.objects.of(user).open().filter(proposed_by=COMPANY).for_page()
    return [
        _todo(it, f"{it.application.offer.company.name} vous propose d’autres dates", "my_dates_answer")
        for it in asked
    ]


def todos_for_company(user: User) -> list[Todo]:
    asked = DateProposal.objects.received_by(user).open().filter(proposed_by=CANDIDATE).for_page()
    return [
        _todo(
            it, f"{it.application.candidate.user.first_name} demande d’autres dates", "received_dates_answer"
        )
        for it in asked
    ]


def _todo(proposal: DateProposal, what: str, page: str) -> Todo:
    due = proposal.answer_due_on
    gives_back = proposal.if_not == IfNot.CANCEL
    consequence = "sinon la place est rendue" if gives_back else "sinon les dates restent les mêmes"
    return Todo(
        what=what,
        why=" ou ".join(periods.words_of(choice) for choice in proposal.choices),
        by=f"avant le {day_words(due)}, {consequence}",
        url=reverse(f"immersions:{page}", args=[proposal.application_id]),
        label="Répondre",
        due_on=due,
    )
