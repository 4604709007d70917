"""Pages where a signed project changes or ends: each says first what it means."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.roles import CANDIDATE, COMPANY
from commitments.projects import amending, choice, ending
from commitments.projects.forms import AmendForm, HireEarlyForm, LeaveForm, StopForm
from commitments.projects.pages import decide, on_side, page
from commitments.projects.workflow import CommitmentStatus
from core.rules import RuleBroken
from immersions.applications.candidate_pages import posted
from territories.travel import travel_in


@page
def break_promise(request: HttpRequest, pk: int) -> HttpResponse:
    """The company breaks its promise: the law is stated first, and where to ask."""
    it, context = on_side(request, pk, COMPANY)

    def act(data: dict[str, Any]) -> None:
        ending.break_promise(it, by=request.user, **data)

    form = StopForm(posted(request), side=COMPANY)
    done = "La promesse est rompue. La personne, son conseiller et un agent de la Région sont prévenus."
    return decide(request, pk, form, act, "break", done, context)


@page
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The candidate goes no further, and owes nothing."""
    it, context = on_side(request, pk, CANDIDATE)

    def act(data: dict[str, Any]) -> None:
        ending.withdraw_from(it, by=request.user, **data)

    done = "C’est noté. La place est rendue, l’entreprise et votre conseiller sont prévenus."
    form = LeaveForm(posted(request), side=CANDIDATE)
    return decide(request, pk, form, act, "withdraw", done, context)


@page
def hire_early(request: HttpRequest, pk: int) -> HttpResponse:
    """A good end, before the training's last day."""
    it, context = on_side(request, pk)

    def act(data: dict[str, Any]) -> None:
        ending.hire_early(it, by=request.user, **data)

    done = "Bravo ! La place est rendue, tout le monde est prévenu."
    return decide(request, pk, HireEarlyForm(posted(request)), act, "hire_early", done, context)


@page
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Another session, a later start: a new text, signed by both again."""
    it, context = on_side(request, pk)
    is_sealed = it.status == CommitmentStatus.SEALED
    starts_by, it.starts_by = it.starts_by, None  # Sessions that end later may be chosen with a later start.
    sessions = choice.sessions_for(it).exclude(pk=it.pledge.session_id)[: choice.SHOWN] if is_sealed else None
    if sessions is not None and request.method == "POST":
        sessions = choice.sessions_for(it).exclude(pk=it.pledge.session_id)
    it.starts_by = starts_by
    form = AmendForm(
        posted(request),
        sessions=sessions,
        travel=travel_in(choice.commune_of(it).department_id),
        initial={"starts_by": starts_by, "session": request.GET.get("session")},
    )

    def act(data: dict[str, Any]) -> None:
        amending.propose_amendment(it, by=request.user, **data)

    done = "La modification est prête : lisez-la, puis signez-la. L’autre partie la reçoit aussi."
    return decide(request, pk, form, act, "amend", done, context)


@require_POST
def amend_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """« Garder le projet tel quel »."""
    it, _ = on_side(request, pk)
    try:
        amending.drop_amendment(it, by=request.user)
    except RuleBroken as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "Le projet reste tel que vous l’avez signé.")
    return redirect("commitments:commitment", pk)
