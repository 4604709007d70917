"""Follow-ups: by the link of the mail (a GET shows, a POST acts), from the dashboards of who may say."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.roles import ADVISOR, CANDIDATE, COMPANY
from commitments.followups import actions
from commitments.followups.emails import when_words
from commitments.followups.forms import OTHERS_WORDS, FollowUpForm
from commitments.followups.models import FollowUp, FollowUpAnswer
from commitments.projects.exits import Situation
from commitments.projects.showing import BASES, NOBODY
from commitments.projects.sides import side_of
from core.rules import RuleBroken
from immersions.applications.candidate_pages import posted

page = require_http_methods(["GET", "HEAD", "POST"])
FOLDER = "commitments/followups"


@login_not_required
@never_cache
@page
def follow_up_link(request: HttpRequest, token: str) -> HttpResponse:
    """Mail scanners open links: only the button of this page answers."""
    row = get_object_or_404(FollowUp.objects.for_list(), token=token)
    if row.is_to_come and not FollowUp.objects.postponed().filter(pk=row.pk).exists():
        raise Http404
    if row.is_to_come or not row.link_is_live:
        return render(request, f"{FOLDER}/link_over.html", {"base": "base.html", "row": row}, status=410)
    context = _about(row, CANDIDATE) | {"base": "base.html", "by_link": True}
    return _ask(request, row, role=CANDIDATE, by=None, context=context)


@never_cache
@page
def follow_up(request: HttpRequest, pk: int, moment: str) -> HttpResponse:
    """From the account of the person, of their advisor, of the company that has hired them."""
    rows = FollowUp.objects.answerable_by(request.user).for_list()
    row = get_object_or_404(rows, commitment=pk, moment=moment)
    if row.is_to_come:
        raise Http404
    role = side_of(row.commitment, request.user)
    context = _about(row, role) | {"base": BASES[role], "by_link": False}
    return _ask(request, row, role=role, by=request.user, context=context)


def _about(row: FollowUp, role: str) -> dict[str, Any]:
    user = row.commitment.candidate.user
    is_candidate = role == CANDIDATE
    said = row.answers.filter(said_by=role).last()  # type: ignore[attr-defined]
    return {
        "row": row,
        "commitment": row.commitment,
        "role": role,
        "is_candidate": is_candidate,
        "first_name": user.first_name or NOBODY,
        "full_name": user.get_full_name() or NOBODY,
        "when": when_words(row) if is_candidate else row.get_moment_display(),
        "said": said,
        "said_words": words_for(said, role) if said else "",
    }


def _ask(
    request: HttpRequest, row: FollowUp, *, role: str, by: User | None, context: dict[str, Any]
) -> HttpResponse:
    said = context["said"]
    initial = {name: getattr(said, name) for name in FollowUpForm.base_fields} if said else {}
    if request.GET.get("situation") in Situation.values:
        initial["situation"] = request.GET["situation"]
    form = FollowUpForm(posted(request), role=role, name=context["first_name"], initial=initial)
    if form.is_bound and form.is_valid():
        try:
            actions.give_answer(row, form.answer(), by=by)
        except RuleBroken as refusal:
            form.add_error(refusal.code if refusal.code in form.fields else None, refusal)
        else:
            messages.success(request, "Merci : c’est noté.")
            return redirect(request.path)
    return render(request, f"{FOLDER}/follow_up.html", context | {"form": form})


@require_safe
def follow_ups(request: HttpRequest, pk: int) -> HttpResponse:
    """The four moments, and who said what: the person and their advisor read all, a company its own words."""
    rows = FollowUp.objects.answerable_by(request.user).for_list().prefetch_related("answers")
    mine = list(rows.filter(commitment=pk))
    if not mine:
        raise Http404
    role = side_of(mine[0].commitment, request.user)
    if role not in (CANDIDATE, ADVISOR, COMPANY):
        raise Http404
    context = _about(mine[0], role) | {
        "base": BASES[role],
        "lines": [_line_of(row, role) for row in mine],
    }
    return render(request, f"{FOLDER}/follow_ups.html", context)


def _line_of(row: FollowUp, role: str) -> dict[str, Any]:
    answers = _read_by(row, role)
    return {"row": row, "answers": answers, "has_said": any(it["it"].said_by == role for it in answers)}


def _read_by(row: FollowUp, role: str) -> list[dict[str, Any]]:
    """Each with its words for this reader, and whether it is the one that counts, when there are several."""
    said = list(row.answers.all())  # type: ignore[attr-defined]
    counts = next((it for it in reversed(said) if it.said_by == row.said_by), None)
    read = [it for it in said if it.said_by == role] if role == COMPANY else said
    return [{"it": it, "words": words_for(it, role), "counts": len(said) > 1 and it == counts} for it in read]


def words_for(said: FollowUpAnswer, role: str) -> str:
    """« qui m’a fait la promesse » is the person's own to read."""
    situation = Situation(said.situation)
    return situation.label if role == CANDIDATE else OTHERS_WORDS.get(situation, situation.label)
