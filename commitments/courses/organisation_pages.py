"""The organisation's pages about people in training: entries, result, stop, absences, a word.

Only confirmed members, only their own sessions: for anybody else they do not exist.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commitments.courses import absences, actions, concerns
from commitments.courses.forms import (
    AbsenceForm,
    EntriesForm,
    FinishForm,
    LeaveForm,
    NotComeForm,
    WordForm,
)
from commitments.courses.models import TrainingAbsence
from commitments.courses.queries import WAS_IN_COURSE
from commitments.courses.showing import Course, for_course
from commitments.seats.models import SeatRequest
from commitments.seats.showing import has_begun
from commitments.seats.workflow import FINISH, LEAVE, NOT_COME, SeatStatus
from core import french
from core.early import overtaken
from core.rules import RuleBroken
from immersions.applications.candidate_pages import posted
from trainings.organisations import queries

page = require_http_methods(["GET", "HEAD", "POST"])
FOLDER = "commitments/courses"
SHOWN = 200
OVER = "Cette étape n’est plus à faire : voici où en est la formation."


def theirs(request: HttpRequest, pk: int) -> SeatRequest:
    return get_object_or_404(for_course(SeatRequest.objects.of_organisations(request.user)), pk=pk)


@page
def entries(request: HttpRequest, pk: int) -> HttpResponse:
    """« Qui est entré en formation ? » One date, several people at once."""
    mine = queries.for_space(queries.sessions_spoken_for_by(request.user))
    session = get_object_or_404(mine, pk=pk)
    rows = SeatRequest.objects.filter(session=session, status=SeatStatus.ADMITTED)
    waiting = list(rows.for_list().order_by("candidate__user__last_name", "pk")[:SHOWN])
    today = timezone.localdate()
    first = min(session.starts_on or today, today)
    form = EntriesForm(posted(request), waiting=waiting, initial={"entered_on": first})
    if form.is_valid():
        chosen = [it for it in waiting if str(it.pk) in form.cleaned_data["people"]]
        day = form.cleaned_data["entered_on"]
        entered, refused = actions.enter_many(chosen, by=request.user, entered_on=day)
        refusals = [f"{it.candidate.user.get_full_name()} n’est pas noté. {why}" for it, why in refused]
        if entered:
            said = french.counted(len(entered), "entrée confirmée", "entrées confirmées")
            messages.success(
                request, f"{said}. Les personnes, leurs entreprises et leurs conseillers le savent."
            )
            for refusal in refusals:
                messages.error(request, refusal)
            return redirect("commitments:session_entries" if refused else "commitments:session_people", pk)
        for refusal in refusals:  # Nothing is written: what was typed stays on the page.
            form.add_error("entered_on", refusal)
    context = {
        "session": session,
        "courses": [Course(it) for it in waiting],
        "form": form,
        "has_begun": has_begun(session),
    }
    return render(request, f"{FOLDER}/entries.html", context)


@require_safe
def course(request: HttpRequest, pk: int) -> HttpResponse:
    """One person in training: what is noted, what comes next."""
    it = theirs(request, pk)
    return render(request, f"{FOLDER}/course.html", _context(it))


def _context(it: SeatRequest, **more: Any) -> dict[str, Any]:
    return {"it": it, "course": Course(it), "session": it.session, **more}


def ask(
    request: HttpRequest,
    it: SeatRequest,
    form: forms.Form,
    name: str,
    act: Callable[[dict[str, Any]], Any],
    done: str,
    *,
    is_open: bool,
    over: str = OVER,
    **more: Any,
) -> HttpResponse:
    """A form that feeds one action; the rule says no beside the field it speaks of. Once the step is
    over, nobody fills it in for nothing.
    """
    if not form.is_bound and not is_open:
        messages.info(request, over)
        return redirect("commitments:course", it.pk)
    if form.is_bound and form.is_valid():
        try:
            act(form.cleaned_data)
        except RuleBroken as refusal:
            if too_late := overtaken(request, refusal, to=reverse("commitments:course", args=[it.pk])):
                return too_late
            form.add_error(refusal.code if refusal.code in form.fields else None, refusal.message)
        else:
            messages.success(request, done)
            return redirect("commitments:course", it.pk)
    return render(request, f"{FOLDER}/{name}.html", _context(it, form=form, **more))


@page
def not_come(request: HttpRequest, pk: int) -> HttpResponse:
    it, by = theirs(request, pk), request.user
    done = "C’est noté : la place est rendue, la personne, l’entreprise et le conseiller sont prévenus."
    act = lambda data: actions.note_not_come(it, by=by, **data)  # noqa: E731
    is_open = NOT_COME.is_possible_from(it.status)
    return ask(request, it, NotComeForm(posted(request)), "not_come", act, done, is_open=is_open)


@page
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    it, by = theirs(request, pk), request.user
    taught = actions.blocks_of(it)
    today = timezone.localdate()
    day = min(it.session.ends_on or today, today)
    form = FinishForm(posted(request), request.FILES or None, blocks=taught, initial={"finished_on": day})

    def act(data: dict[str, Any]) -> None:
        ticked = data.pop("blocks", [])
        chosen = [block for block in taught if str(block.pk) in ticked]
        actions.finish_course(it, by=by, blocks=chosen, **data)

    done = "Le résultat est donné : chacun le sait."
    return ask(request, it, form, "finish", act, done, is_open=FINISH.is_possible_from(it.status))


@page
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    it, by = theirs(request, pk), request.user
    done = "C’est noté : la personne, l’entreprise et le conseiller sont prévenus, avec la suite possible."
    act = lambda data: actions.leave_course(it, by=by, **data)  # noqa: E731
    is_open = LEAVE.is_possible_from(it.status)
    return ask(request, it, LeaveForm(posted(request)), "leave", act, done, is_open=is_open)


@page
def word(request: HttpRequest, pk: int) -> HttpResponse:
    it, by = theirs(request, pk), request.user
    act = lambda data: concerns.add_word(it, by=by, **data)  # noqa: E731
    is_open = it.status == SeatStatus.ENTERED
    return ask(request, it, WordForm(posted(request)), "word", act, "C’est noté.", is_open=is_open)


@page
def absence(request: HttpRequest, pk: int, absence: int | None = None) -> HttpResponse:
    """To declare one, or to correct one: what was said first stays in the history."""
    it, by = theirs(request, pk), request.user
    mine = TrainingAbsence.objects.filter(seat_request=it)
    before = get_object_or_404(mine, pk=absence) if absence else None
    initial = {name: getattr(before, name) for name in AbsenceForm.base_fields} if before else None

    def act(data: dict[str, Any]) -> None:
        absences.declare_absence(it, by=by, replaces=before, **data)

    done = "C’est noté : la personne et son conseiller sont prévenus."
    is_open = it.status in WAS_IN_COURSE and (before is None or before.is_current)
    form = AbsenceForm(posted(request), initial=initial)
    return ask(request, it, form, "absence", act, done, is_open=is_open, before=before)


@require_POST
def cancel(request: HttpRequest, pk: int, absence: int) -> HttpResponse:
    """« C’était une erreur. »"""
    it = theirs(request, pk)
    found = get_object_or_404(TrainingAbsence.objects.filter(seat_request=it), pk=absence)
    try:
        absences.cancel_absence(found, by=request.user)
    except RuleBroken as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "L’absence est annulée : la personne et son conseiller sont prévenus.")
    return redirect("commitments:course", pk)
