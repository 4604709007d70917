"""What an agent of the Region is asked when a training does not go on by itself."""

import datetime as dt

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from commitments.courses.models import Concern
from commitments.seats.models import SeatRequest
from core import french
from territories.actions import close_agent_task, open_agent_task
from territories.models import AgentTask

ENTRY, RESULT, CONCERN, DROPPED_OUT = "entry", "result", "concern", "dropped_out"


def entry_is_not_said(request: SeatRequest, day: dt.date) -> None:
    title = f"Joindre {request.organisation.name} : une entrée en formation n’est pas confirmée"
    _ask(request, ENTRY, title, f"L’entrée était possible depuis le {french.day(day)}. {_contact(request)}")


def result_is_not_said(request: SeatRequest, day: dt.date) -> None:
    title = f"Joindre {request.organisation.name} : un résultat de formation manque"
    _ask(request, RESULT, title, f"La formation a fini le {french.day(day)}. {_contact(request)}")


def concern_waits(concern: Concern) -> None:
    request = concern.seat_request
    title = "Dossier à suivre : la personne en formation n’a pas été rappelée"
    detail = f"{concern.get_cause_display()}. Joignez la structure qui accompagne la personne."
    _ask(request, CONCERN, title, detail)


def nobody_follows(concern: Concern) -> None:
    """No structure accompanies the person: an agent looks after it, at once."""
    title = "Dossier à suivre : personne n’accompagne cette personne en formation"
    _ask(concern.seat_request, CONCERN, title, f"{concern.get_cause_display()}.")


def dropped_out(request: SeatRequest) -> None:
    """Told, and nothing blocks on them."""
    reason = request.get_leave_reason_display().lower()
    title = f"Formation arrêtée : {request.session.action.training.title}"
    _ask(request, DROPPED_OUT, title, f"La raison donnée : {reason}.")


def session_cancelled(request: SeatRequest) -> None:
    """Cancelled while somebody followed it: they need another session, and their days are not lost."""
    title = f"Session annulée en cours de formation : {request.session.action.training.title}"
    promise = f" {request.commitment.company.name} tient sa promesse." if request.is_promised else ""
    detail = f"La personne y était en formation : aidez-la à trouver une autre session.{promise}"
    _ask(request, "cancelled", title, detail)


def nothing_left(request: SeatRequest) -> None:
    for kind in (ENTRY, RESULT):
        close(request, kind)


def close(request: SeatRequest, kind: str) -> None:
    for task in AgentTask.objects.open().filter(unique_key__startswith=f"course/{request.pk}/{kind}/"):
        close_agent_task(task, by=None, outcome="La situation a changé.")


def _contact(request: SeatRequest) -> str:
    organisation = request.organisation
    return f"{organisation.phone} {organisation.email}".strip()


def _ask(request: SeatRequest, kind: str, title: str, detail: str) -> None:
    open_agent_task(
        f"course_{kind}",
        title,
        key=f"course/{request.pk}/{kind}/{timezone.localdate().isoformat()}",
        url=settings.SITE_URL + reverse("admin:commitments_seatrequest_change", args=[request.pk]),
        detail=detail.strip(),
        department=request.department,
    )
