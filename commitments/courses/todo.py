"""What each side must do about trainings under way, as their space shows it. A constant number of queries."""

import datetime as dt
from typing import Any

from django.db.models import Case, Count, F, Min, OuterRef, Q, Subquery, When
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from commitments.courses import sweeps
from commitments.courses.internship_models import Internship
from commitments.courses.models import CheckIn, Concern
from commitments.seats.models import SeatRequest
from commitments.seats.queries import SeatRequestQuerySet
from commitments.seats.todo import ends_too_late
from commitments.seats.workflow import LIVE
from companies.models import Company
from core import french
from core.todo import Todo
from territories.delays import wait_in
from territories.working_days import working_days_after

SHOWN = 20
FINE = "\N{NO-BREAK SPACE}: tout va bien\N{NO-BREAK SPACE}?"


# --- The organisation ----------------------------------------------------------------------------
def todos_of_organisation(user: User) -> list[Todo]:
    """Who entered, session by session; each result; internships that a session left behind."""
    mine = SeatRequest.objects.of_organisations(user)
    return _entries(sweeps.entries_to_say(mine)) + _people(mine)


def _entries(rows: SeatRequestQuerySet) -> list[Todo]:
    sessions = (
        rows.order_by()
        .values("session", "session__action__training__title", "session__action__commune__department")
        .annotate(people=Count("pk"), since=Min("due"))
        .order_by("since", "session")[:SHOWN]
    )
    return [
        _by_agent(
            "entry",
            it["session__action__commune__department"] or "",
            it["since"],
            what=f"Dites qui est entré en formation\N{NO-BREAK SPACE}: {it['session__action__training__title']}",
            why=f"{french.counted(it['people'], 'personne admise', 'personnes admises')}. "
            f"L’entrée est possible depuis le {french.day(it['since'])}.",
            url=reverse("commitments:session_entries", args=[it["session"]]),
            label="Dire qui est entré",
        )
        for it in sessions
    ]


def _people(mine: SeatRequestQuerySet) -> list[Todo]:
    """One query for what is said of one person: the result; an internship that the session left behind; whether
    the session takes place, once for all of them.
    """
    outside = Internship.objects.outside_their_session().filter(seat_request=OuterRef("pk"))
    first = outside.order_by("starts_on", "pk")
    is_over = Q(pk__in=sweeps.results_to_say(mine).values("pk"))
    rows = mine.annotate(
        due=F("session__ends_on"),
        internship=Subquery(first.values("pk")[:1]),
        internship_on=Subquery(first.values("starts_on")[:1]),
        is_over=Case(When(is_over, then=True), default=False),
        is_gone=Case(When(Q(told_gone=True, status__in=LIVE), then=True), default=False),
    ).filter(Q(is_over=True) | Q(internship__isnull=False) | Q(is_gone=True))
    found = list(rows.for_list().order_by("-is_over", "due", "pk")[:SHOWN])
    gone = {it.session_id: it for it in found if it.is_gone and not it.is_over}
    said = [it for it in found if it.is_over or it.internship]
    return [_result(it) if it.is_over else _outside(it) for it in said] + [_gone(it) for it in gone.values()]


def _gone(it: Any) -> Todo:
    session = it.session
    return Todo(
        what=f"Dites si la session a lieu\N{NO-BREAK SPACE}: {session.action.training.title}",
        why=f"{session.dates.capitalize()}. Le catalogue de la Région ne l’annonce plus, et des personnes y comptent.",
        by="dès que possible, sinon un agent de la Région vous appelle",
        url=reverse("contact"),
        label="Écrire à la Région",
        due_on=timezone.localdate(),
    )


def _result(it: Any) -> Todo:
    return _by_agent(
        "result",
        it.department_code,
        it.due,
        what=f"Donnez le résultat {french.of(it.candidate.user.get_full_name())}",
        why=f"{it.session.action.training.title}. La formation a fini le {french.day(it.due)}.",
        url=reverse("commitments:course_finish", args=[it.pk]),
        label="Donner le résultat",
    )


def _outside(it: Any) -> Todo:
    title, dates = it.session.action.training.title, it.session.dates
    return Todo(
        what=f"Dites les nouvelles dates du stage {french.of(it.candidate.user.get_full_name())}",
        why=f"Il sort de la session, qui a changé de dates\N{NO-BREAK SPACE}: {title}, {dates}.",
        by=f"avant le {french.day(it.internship_on, weekday=True)}, son premier jour prévu",
        url=reverse("commitments:internship_change", args=[it.internship]),
        label="Dire les dates",
        due_on=it.internship_on,
    )


def _by_agent(
    name: str, department: str, since: dt.date, *, what: str, why: str, url: str, label: str
) -> Todo:
    day = working_days_after(since, wait_in(department, name).escalation or 0, department)
    return Todo(
        what=what,
        why=why,
        by=f"avant le {french.day(day, weekday=True)}, sinon un agent de la Région vous appelle",
        late=day < timezone.localdate(),
        url=url,
        label=label,
        due_on=since,
    )


# --- Both sides ----------------------------------------------------------------------------------
def todos_of_candidate(user: User) -> list[Todo]:
    rows = CheckIn.objects.asked().current().of_candidate(user).for_list()
    return [_check_in(it, f"Votre formation{FINE}") for it in rows[:SHOWN]] + [
        Todo(
            what=f"Votre stage commence {french.day(it.starts_on, weekday=True)}",
            why=f"{it.place}, {french.period(it.starts_on, it.ends_on)}.",
            url=reverse("commitments:my_course", args=[it.seat_request_id]),
            label="Voir ma formation",
            due_on=it.starts_on,
        )
        for it in Internship.objects.soon().filter(candidate__user=user).for_list()[:SHOWN]
    ]


def todos_of_company(user: User) -> list[Todo]:
    """One click in the middle; and who arrives soon."""
    rows = CheckIn.objects.asked().current().of_companies(user).for_list()
    todos = [
        _check_in(
            it,
            f"La formation {french.of(it.seat_request.candidate.user.get_full_name())}{FINE}",
        )
        for it in rows[:SHOWN]
    ]
    coming = Internship.objects.soon().of_companies(user).for_list()
    ours = SeatRequest.objects.filter(commitment__company__in=Company.objects.trusting(user))
    return (
        todos
        + [_arrives(it) for it in coming[:SHOWN]]
        + [ends_too_late(it) for it in ours.ending_too_late().for_list()[:SHOWN]]
    )


def _check_in(it: CheckIn, what: str) -> Todo:
    days = wait_in(it.seat_request.department_code, "check_in").end or 0
    last = timezone.localdate(it.waiting_since) + dt.timedelta(days=days)
    return Todo(
        what=what,
        why=f"{it.seat_request.session.action.training.title}. Un clic suffit.",
        by=f"avant le {french.day(last, weekday=True)}",
        url=reverse("commitments:check_in", args=[it.token]),
        label="Répondre",
        due_on=last,
    )


def _arrives(it: Internship) -> Todo:
    who = it.candidate.user.get_full_name()
    return Todo(
        what=f"{who} arrive en stage {french.day(it.starts_on, weekday=True)}",
        why="Prévoyez les horaires, la tenue, et qui l’accueille. La convention est celle de la formation.",
        url=reverse("commitments:future_employee", args=[it.seat_request.commitment_id]),
        label="Préparer le stage",
        due_on=it.starts_on,
    )


# --- The advisor ---------------------------------------------------------------------------------
def todos_of_advisor(user: User) -> list[Todo]:
    """Files to look after: a call, then a word."""
    rows = Concern.objects.open().followed_by(user).for_list().order_by("waiting_since", "pk")
    return [_concern(it) for it in rows[:SHOWN]]


def _concern(it: Concern) -> Todo:
    request = it.seat_request
    since = timezone.localdate(it.waiting_since)
    days = wait_in(request.department_code, "concern").escalation or 0
    day = working_days_after(since, days, request.department_code)
    return Todo(
        what=f"Un appel à passer\N{NO-BREAK SPACE}: {request.candidate.user.get_full_name()}, en formation",
        why=f"{it.get_cause_display()}. {request.session.action.training.title}.",
        by=f"avant le {french.day(day, weekday=True)}, sinon un agent de la Région prend le relais",
        late=day < timezone.localdate(),
        url=reverse("commitments:followed_course", args=[request.pk]),
        label="Voir et dire ce qui est fait",
        due_on=since,
    )
