"""The company's slots: who is in them, and what to do when they cannot be held."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from core import french
from core.rules import RuleBroken
from immersions.applications.candidate_pages import posted
from immersions.applications.words import slot_words
from immersions.dates import slots as decisions
from immersions.dates.forms import CloseSlotForm, MoveSlotForm
from immersions.days import unusual_days
from immersions.offers.models import Offer, Slot

page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def company_slots(request: HttpRequest, pk: int) -> HttpResponse:
    """The slots to come of one offer."""
    offer = get_object_or_404(Offer.objects.managed_by(request.user).for_company_page(), pk=pk)
    mine = Slot.objects.filter(offer=offer).of_companies_trusting(request.user)
    slots = mine.filter(is_agreed=False).to_come()
    lines = [
        {
            "slot": slot,
            "words": slot_words(slot),
            "people": french.counted(slot.places_taken, "personne"),
            "remarks": unusual_days(slot.first_day, slot.last_day, offer.department_code),
        }
        for slot in slots
    ]
    return render(request, "immersions/slots.html", {"offer": offer, "lines": lines})


@page
def slot_move(request: HttpRequest, pk: int) -> HttpResponse:
    """New days and hours: each person in it is asked."""
    slot = _mine(request, pk)
    form = MoveSlotForm(posted(request), slot=slot)
    if form.is_valid():
        try:
            people = decisions.move_slot(
                slot, form.dates(), by=request.user, words=form.cleaned_data["words"]
            )
        except RuleBroken as refusal:
            form.add_error(refusal.code if refusal.code in form.fields else None, refusal.message)
        else:
            dates = form.dates()
            remarks = unusual_days(dates.first_day, dates.last_day, slot.offer.department_code)
            messages.success(request, " ".join([_asked(len(people)), *remarks]))
            return redirect("immersions:company_slots", slot.offer_id)
    return _page(request, "slot_move", slot, form)


@page
def slot_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody comes at these dates: its people are offered others."""
    slot = _mine(request, pk)
    form = CloseSlotForm(posted(request))
    if form.is_valid():
        try:
            people = decisions.close_slot(slot, by=request.user, words=form.cleaned_data["words"])
        except RuleBroken as refusal:
            form.add_error(None, refusal)
        else:
            told = f" {french.counted(len(people), 'personne est prévenue', 'personnes sont prévenues')}."
            messages.success(request, f"Le créneau est fermé.{told if people else ''}")
            return redirect("immersions:company_slots", slot.offer_id)
    return _page(request, "slot_close", slot, form)


def _mine(request: HttpRequest, pk: int) -> Slot:
    mine = Slot.objects.of_companies_trusting(request.user).filter(is_agreed=False)
    return get_object_or_404(
        mine.select_related("offer__company", "offer__commune__department__region"), pk=pk
    )


def _asked(count: int) -> str:
    if not count:
        return "Le créneau a de nouvelles dates."
    who = french.counted(count, "personne est prévenue", "personnes sont prévenues")
    return f"{who} : la réservation suit seulement si chacun est d’accord."


def _page(request: HttpRequest, name: str, slot: Slot, form: object) -> HttpResponse:
    people = french.counted(slot.places_taken, "personne")
    context = {"slot": slot, "offer": slot.offer, "form": form, "words": slot_words(slot), "people": people}
    return render(request, f"immersions/{name}.html", context)
