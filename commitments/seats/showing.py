"""A seat request as each side reads it: its state, the next step, who must act, by when."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from accounts.roles import ORGANISATION
from commitments.seats.models import LeaveReason, Meeting, SeatRequest
from commitments.seats.queries import WITHOUT_SEAT
from commitments.seats.soon import call_day
from commitments.seats.workflow import (
    ADMIT,
    INVITE,
    LIVE,
    REFUSE,
    SEAT_WORKFLOW,
    WAITLIST,
    WITHDRAW,
    ProjectStatus,
    SeatStatus,
)
from core import french
from immersions.offers.models import Contract
from territories.delays import wait_in
from territories.working_days import ONE_DAY, working_days_after
from trainings.models import Session
from trainings.models.told import MeetingKind

S, P = SeatStatus, ProjectStatus
KINDS = {
    S.REQUESTED: "due",
    S.WAITLISTED: "due",
    S.ADMITTED: "good",
    S.ENTERED: "good",
    S.FINISHED: "good",
    S.REFUSED: "bad",
    S.LAPSED: "bad",
}
SAID = {it.name: it.label for it in SEAT_WORKFLOW.transitions} | {
    "came": "Est venu·e à la réunion",
    "did_not_come": "N’est pas venu·e à la réunion",
}
VALIDATION_KINDS = {P.TO_VALIDATE: "due", P.VALIDATED: "good", P.NOT_VALIDATED: "bad"}


@dataclass(frozen=True, slots=True)
class Standing:
    """What comes next, who must act, by when."""

    who: str
    what: str
    by: str = ""


def answer_by(request: SeatRequest, whom: str = "l’appelle") -> str:
    """When an agent calls, if nobody answers."""
    return f"avant le {french.day(last_day(request), weekday=True)}, sinon un agent de la Région {whom}"


def is_late(request: SeatRequest) -> bool:
    return last_day(request) < timezone.localdate()


def last_day(request: SeatRequest, name: str = "seat", since: dt.datetime | None = None) -> dt.date:
    """The last one to answer, to validate; the next working day, an agent calls. Sooner, when the
    session begins sooner.
    """
    department, first = request.department_code, timezone.localdate(since or request.waiting_since)
    days = (wait_in(department, name).escalation or 1) - 1
    day, called = working_days_after(first, days, department), call_day(request)
    return max(first, min(day, called - ONE_DAY)) if called else day


def standing_of(request: SeatRequest) -> Standing:
    """As the person reads it. Two yes are needed: the organisation's and the advisor's."""
    organisation, validation = request.organisation.name, request.validation
    if request.status == S.REQUESTED:
        if meeting := meeting_of(request):
            when = f"{french.day(meeting.day, weekday=True)}, {french.hour(meeting.hour)}"
            return Standing("Vous", f"allez à la réunion d’information : {when}, {meeting.place}.")
        return Standing(organisation, "doit répondre à votre demande.", answer_by(request))
    if request.status == S.WAITLISTED:
        return Standing(
            "Personne", "n’a rien à faire : si une place se libère, vous montez, et nous vous écrivons."
        )
    if request.status == S.ADMITTED:
        if validation.status == P.TO_VALIDATE:
            return Standing("Votre conseiller", "doit encore valider votre projet de formation.")
        if validation.status == P.NOT_VALIDATED:
            return Standing("Vous", "devez parler à votre conseiller : son oui manque pour entrer.")
        start = request.session.starts_on
        return Standing("Vous", f"commencez le {french.day(start)}." if start else "commencez bientôt.")
    return Standing("", "")


def meeting_of(request: SeatRequest) -> Meeting | None:
    """The information meeting to come, while one waits for the answer."""
    if request.status != S.REQUESTED:
        return None
    return next((it for it in request.meetings.all() if it.at > timezone.now()), None)


def next_meeting(request: SeatRequest) -> dict[str, Any]:
    """What the invitation begins with: the one to move, else the one that the session announces."""
    told = request.session.meetings.filter(kind=MeetingKind.INFORMATION, at__gt=timezone.now())
    if found := meeting_of(request) or told.first():
        at = timezone.localtime(found.at)
        return {"day": at.date(), "time": at.time(), "place": found.place}
    return {}


def answers_of(request: SeatRequest) -> list[tuple[dt.datetime, str, str]]:
    """Which colleague said what, the latest first: several people of one organisation answer."""
    rows = request.events.filter(role=ORGANISATION).select_related("by").order_by("-at", "-pk")
    return [
        (it.at, it.by.name_or_address if it.by else "", SAID[it.transition])
        for it in rows
        if it.transition in SAID
    ]


def ended_without_seat(request: SeatRequest) -> bool:
    """It is over, and another session may be chosen; a training that stopped by itself is another matter."""
    if request.status == S.LEFT:
        return request.leave_reason == LeaveReason.CANCELLED
    return request.status in WITHOUT_SEAT


def kind_of(request: SeatRequest) -> str:
    return KINDS.get(SeatStatus(request.status), "off")


def may_withdraw(request: SeatRequest) -> bool:
    return WITHDRAW.is_possible_from(request.status)


Flags = Callable[[Session], dict[int, str]]
_flags: dict[str, Flags] = {}


def flag(name: str, of: Flags) -> None:
    """An alcove above says a word of people in a session, by their requests. Once, at the start."""
    _flags[name] = of


def flags_of(session: Session) -> dict[int, str]:
    return {pk: word for of in _flags.values() for pk, word in of(session).items()}


class Trainee:
    """Somebody who asks for, holds or had a seat, as the organisation reads it. For a row `for_page()`."""

    def __init__(self, request: SeatRequest, flagged: str = "") -> None:
        self.request, self.user, self.flagged = request, request.candidate.user, flagged
        self.name = self.user.get_full_name()
        self.kind = kind_of(request)
        self.word = request.get_status_display()
        self.validation_words = f"Conseiller : {request.validation.get_status_display().lower()}"
        self.validation_kind = VALIDATION_KINDS[ProjectStatus(request.validation.status)]

    @property
    def town(self) -> str:
        commune = self.request.candidate.commune
        return commune.name if commune else ""

    @property
    def promise(self) -> str:
        """« L’Atelier : Maçon, CDI, au plus tard le 3 mai »; what became of it, once it is over."""
        commitment = self.request.commitment
        if commitment is None:
            return ""
        promise = commitment.promise
        if not commitment.is_live:
            over = commitment.get_status_display()
            return f"{commitment.company.name}\N{NO-BREAK SPACE}: {promise.job_title}. {over}"
        contract = Contract(promise.contract).label if promise.contract else ""
        months = f"{promise.months} mois" if promise.months else ""
        start = f"embauche au plus tard le {french.day(commitment.starts_by)}" if commitment.starts_by else ""
        said = ", ".join(filter(None, [promise.job_title, " ".join(filter(None, [contract, months])), start]))
        return f"{commitment.company.name}\N{NO-BREAK SPACE}: {said}"

    @property
    def may(self) -> dict[str, bool]:
        moves = {"admit": ADMIT, "refuse": REFUSE, "waitlist": WAITLIST, "invite": INVITE}
        return {name: move.is_possible_from(self.request.status) for name, move in moves.items()}

    @property
    def shows_validation(self) -> bool:
        """An advisor's yes that nobody awaits any more says nothing."""
        return self.request.status in LIVE or self.request.validation.status != P.TO_VALIDATE

    @property
    def shows_path(self) -> bool:
        """A seat that was refused or given back opens nothing of the person's path."""
        return self.request.status in (*LIVE, SeatStatus.FINISHED, SeatStatus.LEFT)

    @property
    def to_answer(self) -> bool:
        return self.request.status == S.REQUESTED

    @property
    def to_come(self) -> Any:
        """The next meeting to which this person is invited."""
        now = timezone.now()
        return min(
            (it for it in self.request.meetings.all() if it.at > now), key=lambda it: it.at, default=None
        )

    @property
    def to_note(self) -> list[Any]:
        """Meetings that have begun, and nobody said who came."""
        now = timezone.now()
        return [it for it in self.request.meetings.all() if it.has_come is None and it.at <= now]


def in_groups(requests: list[SeatRequest], flags: dict[int, str]) -> list[tuple[str, list[Trainee]]]:
    """To answer first, then those admitted, those who wait, those who had asked."""
    titles = {
        "À répondre": (S.REQUESTED,),
        "Admis": (S.ADMITTED, S.ENTERED, S.FINISHED),
        "En liste d’attente": (S.WAITLISTED,),
        "Demandes closes": (S.REFUSED, S.WITHDRAWN, S.RELEASED, S.LAPSED, S.LEFT),
    }
    return [
        (title, people)
        for title, statuses in titles.items()
        if (people := [Trainee(it, flags.get(it.pk, "")) for it in requests if it.status in statuses])
    ]


def session_words(session: Session) -> str:
    """« Maçon, Metz, du 1 mars au 30 juin »."""
    return ", ".join(filter(None, [session.action.training.title, session.action.town, session.dates]))


def has_begun(session: Session) -> bool:
    """May somebody have entered already?"""
    first = session.starts_on
    return first is None or first <= timezone.localdate() or session.action.has_permanent_entry
