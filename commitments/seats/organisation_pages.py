"""The organisation's pages about people: who asks, who is admitted, and the answers. Only confirmed
members, only their own sessions: for anybody else they do not exist.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commitments.seats import actions, showing
from commitments.seats.forms import MeetingForm, RefuseForm
from commitments.seats.models import Meeting, SeatRequest
from commitments.seats.workflow import INVITE, REFUSE, SeatStatus
from core.early import overtaken
from core.rules import RuleBroken
from immersions.applications.candidate_pages import posted
from trainings.organisations import figures, queries
from trainings.organisations.showing import SessionLine

page = require_http_methods(["GET", "HEAD", "POST"])
FOLDER = "commitments/seats"
SHOWN = 200


def theirs(request: HttpRequest, pk: int) -> SeatRequest:
    return get_object_or_404(SeatRequest.objects.of_organisations(request.user).for_page(), pk=pk)


@require_safe
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody who asked for a seat in this session, with the true counts."""
    mine = queries.for_space(queries.sessions_spoken_for_by(request.user))
    session = get_object_or_404(figures.with_figures(mine), pk=pk)
    asked = SeatRequest.objects.filter(session=session).for_page().order_by("requested_at", "pk")
    rows = list(asked[:SHOWN])
    context = {
        "line": SessionLine(session),
        "session": session,
        "groups": showing.in_groups(rows, showing.flags_of(session)),
        "to_enter": showing.has_begun(session) and any(it.status == SeatStatus.ADMITTED for it in rows),
        "periods": list(session.in_company_periods.all()),
    }
    return render(request, f"{FOLDER}/people.html", context)


@require_safe
def seat_request(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: the promise, the dates, the advisor's yes, the answers that one may give."""
    it = theirs(request, pk)
    context = {
        "it": it,
        "trainee": showing.Trainee(it),
        "session": it.session,
        "meetings": list(it.meetings.all()),
        "periods": list(it.session.in_company_periods.all()),
        "by": showing.answer_by(it, "vous appelle"),
        "answers": showing.answers_of(it),
    }
    return render(request, f"{FOLDER}/request.html", context)


def _do(request: HttpRequest, pk: int, act: Callable[[SeatRequest], Any], done: str) -> HttpResponse:
    """One click: it is done, or the rule says why not."""
    it = theirs(request, pk)
    try:
        act(it)
    except RuleBroken as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, done)
    return redirect("commitments:seat_request", pk)


@require_POST
def admit(request: HttpRequest, pk: int) -> HttpResponse:
    done = "La personne est admise : nous l’écrivons à elle, et à qui l’accompagne."
    return _do(request, pk, lambda it: actions.admit_seat(it, by=request.user), done)


@require_POST
def waitlist(request: HttpRequest, pk: int) -> HttpResponse:
    done = "La personne est sur liste d’attente : elle montera d’elle-même si une place se libère."
    return _do(request, pk, lambda it: actions.waitlist_seat(it, by=request.user), done)


@page
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    it, form = theirs(request, pk), RefuseForm(posted(request))
    if not form.is_bound and not REFUSE.is_possible_from(it.status):
        return _over(request, it)

    def act(data: dict[str, Any]) -> None:
        actions.refuse_seat(it, by=request.user, **data)

    done = "La réponse est partie, avec d’autres sessions. La place est rendue."
    return _ask(request, it, form, "refuse", act, lambda: form.cleaned_data, done)


@page
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    it = theirs(request, pk)
    form = MeetingForm(posted(request), initial=showing.next_meeting(it))
    if not form.is_bound and not INVITE.is_possible_from(it.status):
        return _over(request, it)

    def act(data: dict[str, Any]) -> None:
        actions.invite_to_meeting(it, by=request.user, **data)

    return _ask(request, it, form, "invite", act, form.said, "L’invitation est partie, avec le rendez-vous.")


def _over(request: HttpRequest, it: SeatRequest) -> HttpResponse:
    """Nobody fills in for nothing: a colleague has answered, or the person left."""
    messages.info(request, "Cette étape n’est plus à faire : voici où en est la demande.")
    return redirect("commitments:seat_request", it.pk)


def _ask(
    request: HttpRequest,
    it: SeatRequest,
    form: Any,
    name: str,
    act: Callable[[dict[str, Any]], None],
    said: Callable[[], dict[str, Any]],
    done: str,
) -> HttpResponse:
    if form.is_valid():
        try:
            act(said())
        except RuleBroken as refusal:
            if too_late := overtaken(request, refusal, to=reverse("commitments:seat_request", args=[it.pk])):
                return too_late
            field = {"at": "day"}.get(refusal.code or "", refusal.code)
            form.add_error(field if field in form.fields else None, refusal)
        else:
            messages.success(request, done)
            return redirect("commitments:seat_request", it.pk)
    context = {"it": it, "trainee": showing.Trainee(it), "session": it.session, "form": form}
    return render(request, f"{FOLDER}/{name}.html", context)


@require_POST
def attendance(request: HttpRequest, pk: int, meeting: int) -> HttpResponse:
    """« Est venu·e » / « N’est pas venu·e »."""
    found = get_object_or_404(Meeting.objects.select_related("seat_request"), pk=meeting, seat_request=pk)
    has_come = request.POST.get("has_come") == "yes"

    def act(it: SeatRequest) -> None:
        actions.record_attendance(found, by=request.user, has_come=has_come)

    return _do(request, pk, act, "C’est noté.")
