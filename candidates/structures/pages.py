"""The advisor's side: who turns to the structure, and what it answers."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from candidates.structures import actions, activity, todo
from candidates.structures.choices import proposed, with_the_posted_one
from candidates.structures.forms import EndForm, NotFollowForm, PassOnForm, TransferForm
from candidates.structures.models import Following
from candidates.structures.workflow import FollowingStatus
from core.rules import RuleBroken

page = require_http_methods(["GET", "HEAD", "POST"])
PER_PAGE = 50


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """« Personnes suivies », of one's own structures only."""
    structures = todo.structures_of(request.user)
    if not structures:
        raise Http404
    followed = Following.objects.seen_by(request.user).followed().for_list()
    followed = followed.order_by("candidate__user__last_name", "candidate__user__first_name", "pk")
    context = {
        "page_obj": Paginator(followed, PER_PAGE).get_page(request.GET.get("page")),
        "several": len(structures) > 1,
        "unconfirmed": [structure for structure in structures if not structure.is_confirmed],
    }
    return render(request, "candidates/structures/people.html", context)


def _theirs(request: HttpRequest, pk: int) -> Following:
    """Someone who turns to a structure of this advisor; a stranger's does not exist."""
    return get_object_or_404(Following.objects.seen_by(request.user).for_list(), pk=pk)


@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Name, contact, and what the person has going on."""
    following = _theirs(request, pk)
    context = {
        "following": following,
        "candidate": following.candidate,
        "lines": activity.lines_of(following.candidate),
        "is_asked": following.status == FollowingStatus.ASKED,
    }
    return render(request, "candidates/structures/person.html", context)


@require_POST
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """One click: « Oui, nous l’accompagnons »."""
    following = _theirs(request, pk)
    try:
        actions.follow_person(following, by=request.user)
    except RuleBroken as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"Vous accompagnez {following.person}. Un message l’en prévient.")
    return redirect("advisor_space")


@page
def transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """« C’est plutôt chez eux »: the nearest structures, or a search."""
    following = _theirs(request, pk)
    words, near = request.GET.get("q", ""), following.candidate.commune or following.structure.commune
    shown = [each for each in proposed(words, near) if each.pk != following.structure_id]
    if request.method == "POST":
        shown = with_the_posted_one(shown, request.POST.get("structure", ""))
    form = TransferForm(posted(request), shown=shown, near=near)

    def move(data: dict[str, Any]) -> str:
        to = form.chosen()
        actions.transfer_person(following, to=to, by=request.user, words=data["words"])
        return f"Demande transmise à {to.name}. La personne est prévenue."

    done = _decide(request, form, move)
    extra = {"words": words, "found": len(shown)}
    return done or _ask(request, "transfer", following, form, **extra)


@page
def pass_on(request: HttpRequest, pk: int) -> HttpResponse:
    """« C’est pour ma collègue »: it stands in their « À faire »."""
    following = _theirs(request, pk)
    members = following.structure.confirmed_members().exclude(pk=following.advisor_id)
    form = PassOnForm(posted(request), colleagues=members.exclude(pk=request.user.pk).order_by("pk"))

    def hand_over(data: dict[str, Any]) -> str:
        actions.pass_person_on(following, by=request.user, **form.arguments())
        return "C’est confié : votre collègue est prévenu."

    return _decide(request, form, hand_over) or _ask(request, "pass_on", following, form)


@page
def not_follow(request: HttpRequest, pk: int) -> HttpResponse:
    """« Nous ne l’accompagnons pas »: why, and how to register."""
    following = _theirs(request, pk)
    form = NotFollowForm(posted(request))

    def refuse(data: dict[str, Any]) -> str:
        actions.not_follow_person(following, by=request.user, **data)
        return "C’est noté. La personne reçoit vos indications."

    return _decide(request, form, refuse) or _ask(request, "not_follow", following, form)


@page
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """« Nous ne l’accompagnons plus »."""
    following = _theirs(request, pk)
    form = EndForm(posted(request))

    def stop(data: dict[str, Any]) -> str:
        actions.end_following(following, by=request.user, words=data["words"])
        return "L’accompagnement est terminé. La personne est prévenue."

    return _decide(request, form, stop) or _ask(request, "end", following, form)


def posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _decide(
    request: HttpRequest, form: Any, decision: Callable[[dict[str, Any]], str]
) -> HttpResponse | None:
    """Do what a sound form says; None when there is still something to answer."""
    if not form.is_valid():
        return None
    try:
        messages.success(request, decision(form.cleaned_data))
    except RuleBroken as refusal:
        form.add_error(None, refusal)
        return None
    return redirect("advisor_space")


def _ask(request: HttpRequest, name: str, following: Following, form: Any, **context: Any) -> HttpResponse:
    context |= {"following": following, "form": form, "candidate": following.candidate}
    return render(request, f"candidates/structures/{name}.html", context)
