"""What an agent of the Region is asked when a seat request does not move by itself."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from commitments.seats.models import SeatRequest
from commitments.seats.people import advisors_of
from commitments.seats.soon import call_day
from core import french
from territories.actions import close_agent_task, open_agent_task
from territories.delays import wait_in
from territories.models import AgentTask
from trainings.models import Session

SILENT, NOT_VALIDATED, NO_ADVISOR = "silent", "silent_advisor", "no_advisor"


def organisation_is_silent(request: SeatRequest) -> None:
    organisation = request.organisation
    _ask(
        request,
        SILENT,
        f"Joindre {organisation.name} : une demande de place attend",
        f"{_silence(request, 'seat')} {organisation.phone} {organisation.email}".strip(),
    )


def advisor_is_silent(request: SeatRequest) -> None:
    title = "Joindre la structure : un projet de formation attend sa validation"
    _ask(request, NOT_VALIDATED, title, _silence(request, "validation"))


def _silence(request: SeatRequest, name: str) -> str:
    called, first = call_day(request), request.session.starts_on
    if called and first and called <= timezone.localdate():
        return f"Personne n’a répondu, et la session commence le {french.day(first)}."
    days = (wait_in(request.department_code, name).escalation or 1) - 1
    return f"Personne n’a répondu en {french.counted(days, 'jour ouvré', 'jours ouvrés')}."


def look_for_an_advisor(request: SeatRequest) -> None:
    """Nobody accompanies the person: nobody can validate."""
    if advisors_of(request):
        return
    title = "Trouver qui valide un projet de formation : personne n’accompagne la personne"
    _ask(request, NO_ADVISOR, title, "La personne choisit sa structure dans « Mon accompagnement ».")


def more_holds_than_seats(session: Session, missing: int) -> None:
    """The session has fewer seats than people: nobody loses theirs, somebody must be asked."""
    open_agent_task(
        "seats_missing",
        f"Il manque {french.counted(missing, 'place')} : {session.action.training.title}",
        key=f"session/{session.pk}/seats_missing/{session.seats_total}/{session.seats_left}",
        url=settings.SITE_URL + reverse("admin:trainings_session_change", args=[session.pk]),
        detail="La session a maintenant moins de places que de personnes qui en tiennent une. "
        "Personne n’a perdu la sienne : voyez avec l’organisme.",
        department=session.action.commune.department if session.action.commune else None,
    )


def session_vanished(request: SeatRequest) -> None:
    """No more in the catalogue, and not said cancelled: people hold seats there."""
    session = request.session
    open_agent_task(
        "session_vanished",
        f"Session retirée du catalogue, avec des inscrits : {session.action.training.title}",
        key=_vanished(session),
        url=settings.SITE_URL + reverse("admin:trainings_session_change", args=[session.pk]),
        detail="Demandez à l’organisme si elle a lieu. Sinon, annulez-la : les personnes sont prévenues.",
        department=request.department,
    )


def session_settled(session: Session) -> None:
    """It is back in the catalogue, or said cancelled: nobody has to ask any more."""
    for task in AgentTask.objects.open().filter(unique_key=_vanished(session)):
        close_agent_task(task, by=None, outcome="La situation a changé.")


def _vanished(session: Session) -> str:
    return f"session/{session.pk}/vanished"


def nothing_left(request: SeatRequest) -> None:
    """The organisation answered, or nothing waits for it any more."""
    _close(request, SILENT)


def it_is_over(request: SeatRequest) -> None:
    """Nobody waits for anything of this request: neither for an answer nor for who validates."""
    nothing_left(request)
    nothing_left_to_validate(request)


def nothing_left_to_validate(request: SeatRequest) -> None:
    _close(request, NOT_VALIDATED)
    _close(request, NO_ADVISOR)


def advisor_found(request: SeatRequest) -> None:
    _close(request, NO_ADVISOR)


def _ask(request: SeatRequest, kind: str, title: str, detail: str) -> None:
    open_agent_task(
        f"seat_{kind}",
        title,
        key=f"seat/{request.pk}/{kind}",
        url=settings.SITE_URL + reverse("admin:commitments_seatrequest_change", args=[request.pk]),
        detail=detail,
        department=request.department,
    )


def _close(request: SeatRequest, kind: str) -> None:
    for task in AgentTask.objects.open().filter(unique_key=f"seat/{request.pk}/{kind}"):
        close_agent_task(task, by=None, outcome="La situation a changé.")
