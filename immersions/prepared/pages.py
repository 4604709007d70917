"""The advisor prepares from an offer; the person reads, and sends in one click. A GET shows, a POST acts."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from candidates.structures.models import Following
from core.rules import RuleBroken
from immersions.applications.candidate_pages import posted
from immersions.applications.forms import ApplyForm
from immersions.applications.words import slot_words, thing_words, week_words
from immersions.offers.models import Offer
from immersions.offers.workflow import OfferStatus
from immersions.prepared import actions
from immersions.prepared.models import PreparedApplication

FOLDER = "immersions/prepared"


@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: HttpRequest, pk: int, following: int) -> HttpResponse:
    """« Préparer pour … » : the same questions as the person would answer."""
    person = get_object_or_404(Following.objects.seen_by(request.user).followed().for_list(), pk=following)
    offers = Offer.objects.filter(status=OfferStatus.PUBLISHED).for_page()
    offer = get_object_or_404(offers, pk=pk)
    form = ApplyForm(posted(request), offer=offer, missing=[])
    if form.is_bound and form.is_valid():
        try:
            actions.prepare_application(offer, candidate=person.candidate, by=request.user, **form.answers())
        except RuleBroken as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"C’est prêt : {person.person} reçoit un e-mail pour l’envoyer.")
            return redirect("structures:person", person.pk)
    context = {"offer": offer, "form": form, "following": person, "thing": thing_words(offer).lower()}
    return render(request, f"{FOLDER}/prepare.html", context)


def _mine(request: HttpRequest, pk: int) -> PreparedApplication:
    return get_object_or_404(PreparedApplication.objects.of(request.user).for_page(), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def prepared(request: HttpRequest, pk: int) -> HttpResponse:
    """All that would be sent, and two buttons."""
    it = _mine(request, pk)
    if request.method == "POST":
        try:
            application = actions.confirm_prepared(it, by=request.user)
        except RuleBroken as refusal:
            messages.error(request, refusal.message)
            return redirect("immersions:prepared", pk)
        return redirect("immersions:application_sent", application.pk)
    return render(request, f"{FOLDER}/prepared.html", _shown(it))


@require_POST
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        actions.refuse_prepared(_mine(request, pk), by=request.user)
    except RuleBroken as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "C’est noté : rien n’est envoyé.")
    return redirect("candidate_space")


def _followed(request: HttpRequest, pk: int) -> PreparedApplication:
    return get_object_or_404(PreparedApplication.objects.followed_by(request.user).for_page(), pk=pk)


@require_safe
def prepared_for(request: HttpRequest, pk: int) -> HttpResponse:
    """The advisor reads what they have prepared."""
    it = _followed(request, pk)
    following = Following.objects.seen_by(request.user).filter(candidate=it.candidate_id).first()
    return render(request, f"{FOLDER}/prepared_for.html", _shown(it) | {"following": following})


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    it = _followed(request, pk)
    try:
        actions.take_back_prepared(it, by=request.user)
    except RuleBroken as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "C’est retiré : la personne ne peut plus l’envoyer.")
    return redirect("immersions:prepared_for", pk)


def _shown(it: PreparedApplication) -> dict[str, Any]:
    wishes = [slot_words(slot) for slot in it.slots.order_by("first_day", "pk")]
    wishes += [week_words(monday) for monday in it.weeks]
    questions = ApplyForm.base_fields
    answers = [
        (questions[name].label, getattr(it, name)) for name in ApplyForm.QUESTIONS if getattr(it, name)
    ]
    return {
        "prepared": it,
        "offer": it.offer,
        "person": it.candidate.user,
        "wishes": wishes,
        "answers": answers,
        "is_waiting": it.status == "waiting",
        "is_ready": it.candidate.is_ready_to_apply,
    }
