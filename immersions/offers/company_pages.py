"""The company's side of its offers: the list, the page of one offer, and what one decides there."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from companies.models import Company
from core.rules import RuleBroken
from immersions.needs.delay import answer_within
from immersions.needs.models import TrainingNeed
from immersions.offers import actions, summary
from immersions.offers.models import Offer
from immersions.offers.publication import sessions_leading_to, what_is_missing
from immersions.offers.sheet import Sheet
from immersions.offers.steps import STEPS, unanswered
from immersions.offers.workflow import CLOSE, PAUSE, OfferStatus
from immersions.offers.writing import duplicate_offer

SESSIONS_SHOWN = 3


@login_not_required
@require_safe
def propose(request: HttpRequest) -> HttpResponse:
    """« Proposer une immersion » : what is asked, and the way in for each kind of visitor."""
    start = reverse("immersions:offer_start")
    if not request.user.is_authenticated:
        start = f"{reverse('account_signup_email')}?{urlencode({'qui': 'company', 'next': start})}"
    return render(request, "immersions/offer_propose.html", {"start": start, "steps": STEPS})


@require_safe
def company_offers(request: HttpRequest) -> HttpResponse:
    """Every offer of one's companies, what waits for someone first."""
    offers = Offer.objects.managed_by(request.user).for_company_list()
    if not offers and not Company.objects.managed_by(request.user).exists():
        return redirect("immersions:offer_propose")
    lines = [summary.Line(offer) for offer in offers]
    context = {
        "lines": [line for line in lines if not line.is_closed],
        "closed": [line for line in lines if line.is_closed],
    }
    return render(request, "immersions/company_offers.html", context)


@require_safe
def company_offer(request: HttpRequest, pk: int) -> HttpResponse:
    """One offer: before it is sent, « Vérifiez vos réponses »; afterwards, where it stands."""
    offer = mine(request, pk)
    missing = what_is_missing(offer) if offer.occupation_id and offer.workplace_id else ""
    context = {
        "offer": offer,
        "line": summary.Line(offer),
        "answers": summary.answers(offer),
        "unanswered": unanswered(offer) if offer.status == OfferStatus.DRAFT else [],
        "missing": missing,
        "sessions": sessions_leading_to(offer).for_offer_page()[:SESSIONS_SHOWN],
        "answer_within": answer_within(offer.department_code),
        "need": TrainingNeed.objects.of_offer(offer).first(),
        "sent_back": summary.last_reason(offer),
        "waiting": summary.waiting_for(request.user, offer),
        "can_pause": PAUSE.is_possible_from(offer.status),
        "can_close": CLOSE.is_possible_from(offer.status),
    }
    return render(request, "immersions/offer_manage.html", context)


@require_safe
def offer_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What everybody will see once it is published: for its company, and for the agents."""
    everybody = Offer.objects.for_company_page()
    mine_or_read = everybody.managed_by(request.user) | everybody.in_territory_of(request.user)
    offer = get_object_or_404(mine_or_read, pk=pk)
    lacking = unanswered(offer)
    if lacking:
        messages.warning(request, "Il manque encore des réponses pour voir la page.")
        return redirect("immersions:company_offer", pk=pk)
    sheet = Sheet(offer, is_preview=True)
    context = {"offer": offer, "sheet": sheet, "apply_url": request.path, "alternatives": []}
    return render(request, "immersions/offer_preview.html", context)


@require_safe
def offer_sent(request: HttpRequest, pk: int) -> HttpResponse:
    """What happens now."""
    offer = mine(request, pk)
    if offer.status == OfferStatus.DRAFT:
        return redirect("immersions:company_offer", pk=pk)
    title, sentences = summary.what_next(offer)
    context = {"offer": offer, "title": title, "next": sentences}
    return render(request, "immersions/offer_sent.html", context)


@require_POST
def offer_submit(request: HttpRequest, pk: int) -> HttpResponse:
    offer = mine(request, pk)
    if _did(request, actions.submit_offer, offer):
        return redirect("immersions:offer_sent", pk=pk)
    return redirect("immersions:company_offer", pk=pk)


@require_POST
def offer_pause(request: HttpRequest, pk: int) -> HttpResponse:
    offer = mine(request, pk)
    done = "L’offre est en pause : personne ne peut plus la demander. Ce qui est réservé reste réservé."
    _did(request, actions.pause_offer, offer, done=done)
    return redirect("immersions:company_offer", pk=pk)


@require_POST
def offer_resume(request: HttpRequest, pk: int) -> HttpResponse:
    offer = mine(request, pk)
    if _did(request, actions.resume_offer, offer):
        published = offer.status == OfferStatus.PUBLISHED
        messages.success(
            request,
            "L’offre est de nouveau publiée." if published else "L’offre attend une formation.",
        )
    return redirect("immersions:company_offer", pk=pk)


def offer_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first: it cannot be undone, and it answers those who wait."""
    offer = mine(request, pk)
    if request.method == "POST":
        _did(request, actions.close_offer, offer, done="L’offre est fermée.")
        return redirect("immersions:company_offers")
    if not CLOSE.is_possible_from(offer.status):
        return redirect("immersions:company_offer", pk=pk)
    counts = summary.people_of(offer)
    return render(request, "immersions/offer_close.html", {"offer": offer, "counts": counts})


@require_POST
def offer_duplicate(request: HttpRequest, pk: int) -> HttpResponse:
    copy = duplicate_offer(mine(request, pk), by=request.user)
    messages.success(request, "Voici la copie : un brouillon, sans les dates.")
    return redirect("immersions:company_offer", pk=copy.pk)


def mine(request: HttpRequest, pk: int) -> Offer:
    """An offer of one of the person's companies; anybody else's does not exist."""
    return get_object_or_404(Offer.objects.managed_by(request.user).for_company_page(), pk=pk)


def _did(request: HttpRequest, action: Callable[..., None], offer: Offer, *, done: str = "") -> bool:
    """Do it, and say what happened."""
    try:
        action(offer, by=request.user)
    except RuleBroken as refusal:
        messages.error(request, refusal.message)
        return False
    if done:
        messages.success(request, done)
    return True
