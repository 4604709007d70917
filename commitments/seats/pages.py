"""The person's pages: asking for a seat, following it, choosing another session, withdrawing."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import ADVISOR, CANDIDATE
from candidates.actions import become_candidate
from candidates.models import Candidate
from commitments.projects.choice import seats_words
from commitments.projects.pages import on_side
from commitments.seats import actions, showing
from commitments.seats.alternatives import SHOWN, may_amend, sessions_instead_of
from commitments.seats.forms import NoSeatForm, WithdrawForm
from commitments.seats.losing import lose_seat
from commitments.seats.models import SeatRequest
from commitments.seats.people import structure_of
from commitments.seats.rules import check_may_be_asked
from commitments.seats.workflow import LIVE, SeatStatus
from core import french
from core.rules import RuleBroken
from immersions.applications.candidate_pages import posted
from territories.travel import travel_words
from trainings.models import Session

page = require_http_methods(["GET", "HEAD", "POST"])
FOLDER = "commitments/seats"
SENT = "Votre demande est partie. Nous relançons l’organisme s’il ne répond pas."
ON_THE_LIST = "Vous êtes sur la liste d’attente : si une place se libère, nous vous écrivons."


@page
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """« Demander une place »: what it means, then one click."""
    sessions = Session.objects.select_related("action__training__organisation", "action__commune", "seats")
    session = get_object_or_404(sessions, pk=pk)
    if mine := SeatRequest.objects.of(request.user).live().filter(session=session).first():
        messages.info(request, "Vous avez déjà demandé une place dans cette session.")
        return redirect("commitments:my_seat", mine.pk)
    refusal = ""
    try:
        if request.method == "POST":
            candidate = become_candidate(request.user)
            if not is_known(request.user):
                messages.info(
                    request, "Dites d’abord votre nom et votre téléphone : l’organisme vous répondra."
                )
                return redirect("candidate_profile")
            asked = actions.request_seat(candidate, session, by=request.user)
            messages.success(request, ON_THE_LIST if asked.status == SeatStatus.WAITLISTED else SENT)
            return redirect("commitments:my_seat", asked.pk)
        check_may_be_asked(session)
    except RuleBroken as broken:
        refusal = broken.message
    context = {
        "session": session,
        "training": session.action.training,
        "seats": seats_words(session),
        "is_full": session.is_full,
        "refusal": refusal,
    }
    return render(request, f"{FOLDER}/ask.html", context)


def is_known(user: Any) -> bool:
    """An organisation answers somebody who has a name and may be called."""
    return bool(user.first_name and user.last_name and user.phone)


@require_safe
def my_seats(request: HttpRequest) -> HttpResponse:
    """« Mes demandes de place »: state, next step, who must act, by when."""
    get_object_or_404(Candidate.objects.of(request.user))
    rows = SeatRequest.objects.of(request.user).for_page()[:50]
    lines = [line_of(it) for it in rows]
    context = {
        "live": [it for it in lines if it["is_live"]],
        "over": [it for it in lines if not it["is_live"]],
    }
    return render(request, f"{FOLDER}/my_seats.html", context)


def line_of(it: SeatRequest) -> dict[str, Any]:
    return {
        "it": it,
        "session": it.session,
        "kind": showing.kind_of(it),
        "standing": showing.standing_of(it),
        "is_live": it.status in LIVE,
    }


@require_safe
def my_seat(request: HttpRequest, pk: int) -> HttpResponse:
    it = get_object_or_404(SeatRequest.objects.of(request.user).for_page(), pk=pk)
    is_over = showing.ended_without_seat(it)
    others = sessions_instead_of(it)[:SHOWN] if is_over or it.told_gone else []
    context = {
        **line_of(it),
        "validation": it.validation,
        "validation_kind": showing.VALIDATION_KINDS[it.validation.status],
        "meetings": list(it.meetings.all()),
        "is_over": is_over,
        "others": [way_of(session, it) for session in others],
        "may_amend": may_amend(it),
        "stays": it.status == SeatStatus.ENTERED and it.is_promised,
        "shows_others": is_over or it.told_gone,
        "may_withdraw": showing.may_withdraw(it),
        "accompanied": structure_of(it),
        "reason": it.get_refusal_reason_display() if it.refusal_reason != "other" else "",
    }
    return render(request, f"{FOLDER}/my_seat.html", context)


def way_of(session: Session, request: SeatRequest) -> dict[str, Any]:
    """Another session, as one chooses it: where, when, how far, what the road costs."""
    km, home = getattr(session, "distance_km", None), request.candidate.commune
    return {
        "pk": session.pk,
        "title": session.action.training.title,
        "organisation": session.action.training.organisation.name,
        "where": ", ".join(
            filter(None, [session.action.town, french.kilometres(km) if km is not None else ""])
        ),
        "dates": session.dates,
        "seats": seats_words(session),
        "travel": travel_words(km, home.department_id if home else request.department_code),
        "ask_url": reverse("commitments:seat_ask", args=[session.pk]),
    }


@page
def no_seat(request: HttpRequest, pk: int) -> HttpResponse:
    """« Aucune place ne convient »: the person or the advisor says so, of a signed project."""
    it, context = on_side(request, pk, CANDIDATE, ADVISOR)
    done = "Le projet s’arrête, faute de place. L’entreprise et un agent de la Région sont prévenus."
    form = NoSeatForm(posted(request))
    if form.is_valid():
        try:
            lose_seat(it, by=request.user, **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_error(refusal.code if refusal.code in form.fields else None, refusal)
        else:
            messages.success(request, done)
            return redirect("commitments:commitment", pk)
    return render(request, f"{FOLDER}/no_seat.html", context | {"form": form})


@page
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    it = get_object_or_404(SeatRequest.objects.of(request.user).for_page(), pk=pk)
    form = WithdrawForm(posted(request))
    if form.is_valid():
        try:
            actions.withdraw_seat(it, by=request.user, **form.cleaned_data)
        except RuleBroken as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, "C’est fait : l’organisme et votre conseiller sont prévenus.")
        return redirect("commitments:my_seat", pk)
    if not showing.may_withdraw(it):
        return redirect("commitments:my_seat", pk)
    return render(request, f"{FOLDER}/withdraw.html", {"it": it, "session": it.session, "form": form})
