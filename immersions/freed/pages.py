"""« Me prévenir si une place se libère »: the full slots of an offer, one button each."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from candidates.models import Candidate
from core.rules import RuleBroken
from immersions.applications.words import slot_words
from immersions.freed import actions
from immersions.freed.models import SlotWait
from immersions.offers.models import Offer, Slot


@require_http_methods(["GET", "HEAD", "POST"])
def freed(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    candidate = get_object_or_404(Candidate, user=request.user)
    offer = get_object_or_404(Offer.objects.was_public().for_page(), pk=pk)
    if request.method == "POST":
        _act(request, offer, candidate)
        return redirect("immersions:freed", pk, offer.slug)
    mine = {wait.slot_id: wait for wait in SlotWait.objects.of(request.user).filter(slot__offer=offer)}
    slots = {slot.pk: slot for slot in actions.full_slots(offer)}
    lines = [(slot, slot_words(slot), mine.get(slot.pk)) for slot in slots.values()]
    return render(request, "immersions/freed.html", {"offer": offer, "lines": lines})


def _act(request: HttpRequest, offer: Offer, candidate: Candidate) -> None:
    number = request.POST.get("slot", "")
    is_number = number.isascii() and number.isdigit() and len(number) < 12
    slot = Slot.objects.filter(offer=offer, pk=number).first() if is_number else None
    if slot is None:
        messages.error(request, "Ce créneau n’existe plus.")
        return
    if request.POST.get("do") == "stop":
        actions.stop_being_told(slot, candidate)
        messages.success(request, "C’est noté : nous ne vous préviendrons pas.")
        return
    try:
        actions.ask_to_be_told(slot, candidate)
    except RuleBroken as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, "C’est noté : si une place se libère, vous recevez un e-mail, une fois.")
