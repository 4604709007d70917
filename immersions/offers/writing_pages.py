"""Writing an offer: one page per answer, saved at each step, in any order."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import User
from companies.models import Company, Workplace
from core.rules import RuleBroken
from immersions.offers import writing
from immersions.offers.company_pages import mine
from immersions.offers.date_forms import DatesForm, SlotFormSet
from immersions.offers.detail_forms import DetailForm
from immersions.offers.forms import ContactForm, DurationForm, OccupationForm, PlaceForm, TasksForm
from immersions.offers.models import DateMode, Offer
from immersions.offers.steps import BY_SLUG, STEPS, Step, step_after, step_before
from immersions.offers.workflow import OfferStatus
from territories.occupations import find_occupations, occupation_of

MORE = "encore"  # The button « Ajouter d’autres créneaux ».


def offer_start(request: HttpRequest) -> HttpResponse:
    """The first of six answers; giving it makes the draft."""
    if not Company.objects.managed_by(request.user).exists():
        here = urlencode({"next": reverse("immersions:offer_start")})
        return redirect(f"{reverse('companies:create')}?{here}")
    form = PlaceForm(request.POST or None, user=request.user)
    if form.is_valid():
        try:
            offer = writing.start_offer(_workplace(form, by=request.user), by=request.user)
        except RuleBroken as refusal:
            form.add_error(None, refusal)
        else:
            return redirect("immersions:offer_step", pk=offer.pk, step=STEPS[1].slug)
    return _page(request, None, STEPS[0], {"form": form})


def offer_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """One of the six answers, of a draft or of an offer that is already out."""
    if step not in BY_SLUG:
        raise Http404
    offer, asked = mine(request, pk), BY_SLUG[step]
    if asked.slug in ("taches", "dates") and not offer.occupation_id:
        return redirect("immersions:offer_step", pk=pk, step="metier")
    return PAGES[step](request, offer, asked)


def place(request: HttpRequest, offer: Offer, step: Step) -> HttpResponse:
    user, first = request.user, {"workplace": str(offer.workplace_id)}
    form = PlaceForm(request.POST or None, user=user, offer=offer, initial=first)
    if form.is_valid() and _saved(
        form, lambda: writing.answer_place(offer, _workplace(form, by=user), by=user)
    ):
        return _next(request, offer, step)
    return _page(request, offer, step, {"form": form})


def occupation(request: HttpRequest, offer: Offer, step: Step) -> HttpResponse:
    """Words are looked for, by GET; one of the occupations found is taken, by POST. So is the
    suggestion chosen while typing, when scripts run: there is nothing left to look for.
    """
    chosen = occupation_of(request.POST.get("metier", "") or request.GET.get("metier", ""))
    if "q_metier" in request.POST and chosen is None:
        asked = request.GET.copy()
        asked["q_metier"] = request.POST["q_metier"][:120]
        return redirect(f"{request.path}?{asked.urlencode()}")
    typed = request.GET.get("q_metier", "")[:120]
    found = [chosen] if chosen else find_occupations(typed) if typed.strip() else []
    if offer.occupation and not (chosen or typed.strip()):
        found = [offer.occupation]
    first = {"metier": found[0].code} if len(found) == 1 else {}
    form = OccupationForm(request.POST or None, found=found, initial=first)
    if form.is_valid() and _saved(
        form,
        lambda: writing.answer_occupation(offer, form.cleaned_data["metier"], by=request.user),
    ):
        return _next(request, offer, step)
    is_empty = "q_metier" in request.GET and not typed.strip()
    context = {"form": form, "typed": typed, "found": found, "is_empty": is_empty}
    return _page(request, offer, step, context)


def tasks(request: HttpRequest, offer: Offer, step: Step) -> HttpResponse:
    form = TasksForm(request.POST or None, offer=offer)
    if form.is_valid() and _saved(
        form,
        lambda: writing.answer(
            offer,
            by=request.user,
            on_offer={"title": form.cleaned_data["title"]},
            on_detail={"tasks": form.tasks()},
        ),
    ):
        return _next(request, offer, step)
    return _page(request, offer, step, {"form": form})


def duration(request: HttpRequest, offer: Offer, step: Step) -> HttpResponse:
    form = DurationForm(request.POST or None, instance=offer)
    if form.is_valid() and _saved(
        form, lambda: writing.answer(offer, by=request.user, on_offer=form.cleaned_data)
    ):
        return _next(request, offer, step)
    form.asked_when()
    return _page(request, offer, step, {"form": form})


def dates(request: HttpRequest, offer: Offer, step: Step) -> HttpResponse:
    form = DatesForm(request.POST or None, offer=offer)
    slots = SlotFormSet(request.POST or None, offer=offer, prefix="creneau")
    if form.is_valid() and _slots_are_sound(form, slots):
        chosen = dict(form.cleaned_data)
        chosen.pop("unusual_ok", None)
        if chosen["date_mode"] == DateMode.SLOTS:
            chosen |= {"periods": slots.periods(), "removed": slots.removed()}
        if _saved(form, lambda: writing.answer_dates(offer, by=request.user, **chosen)):
            if MORE in request.POST:
                return redirect(request.get_full_path())
            return _next(request, offer, step)
    return _page(request, offer, step, {"form": form, "slots": slots, "more": MORE})


def _slots_are_sound(form: DatesForm, slots: Any) -> bool:
    if form.cleaned_data["date_mode"] != DateMode.SLOTS:
        return True
    if not slots.is_valid():
        form.add_error(None, "Un créneau est à revoir plus bas.")
        return False
    written = slots.written()
    if not written:
        form.add_error("date_mode", "Donnez au moins un créneau, ou choisissez les dates à convenir.")
    form.ask_about([sentence for line in written for sentence in line.unusual()])
    return form.is_valid()


def contact(request: HttpRequest, offer: Offer, step: Step) -> HttpResponse:
    user = request.user
    first = {} if offer.detail.contact_name else {
        "contact_name": user.get_full_name(), "contact_email": user.email, "contact_phone": user.phone,
    }  # fmt: skip
    form = ContactForm(request.POST or None, instance=offer.detail, initial=first)
    if form.is_valid() and _saved(form, lambda: writing.answer_contact(offer, form.cleaned_data, by=user)):
        return _next(request, offer, step)
    return _page(request, offer, step, {"form": form})


def offer_complete(request: HttpRequest, pk: int) -> HttpResponse:
    """« Compléter votre offre » : what helps someone decide."""
    offer = mine(request, pk)
    form = DetailForm(request.POST or None, offer=offer)
    if form.is_valid() and _saved(
        form,
        lambda: writing.answer(offer, by=request.user, on_offer=form.on_offer(), on_detail=form.on_detail()),
    ):
        _say_where_it_stands(request, offer)
        return redirect("immersions:company_offer", pk=pk)
    return render(request, "immersions/offer_complete.html", {"form": form, "offer": offer})


PAGES: dict[str, Callable[[HttpRequest, Offer, Step], HttpResponse]] = {
    "lieu": place,
    "metier": occupation,
    "taches": tasks,
    "duree": duration,
    "dates": dates,
    "contact": contact,
}


def _workplace(form: PlaceForm, *, by: User) -> Workplace:
    return form.known_place() or writing.add_workplace(**form.new_place, by=by)


def _saved(form: BaseForm, save: Callable[[], object]) -> bool:
    try:
        save()
    except RuleBroken as refusal:
        form.add_error(None, refusal)
        return False
    return True


def _next(request: HttpRequest, offer: Offer, step: Step) -> HttpResponse:
    """Forward; or back to the whole offer when that is where one came from."""
    following = step_after(step)
    if offer.status != OfferStatus.DRAFT:
        _say_where_it_stands(request, offer)
    elif following and "retour" not in request.GET:
        return redirect("immersions:offer_step", pk=offer.pk, step=following.slug)
    return redirect("immersions:company_offer", pk=offer.pk)


def _say_where_it_stands(request: HttpRequest, offer: Offer) -> None:
    if offer.status == OfferStatus.IN_MODERATION:
        messages.success(request, f"C’est enregistré. Nous relisons l’offre sous {offer.reading_words}.")
    else:
        messages.success(request, "C’est enregistré.")


def _is_read_again(offer: Offer | None, step: Step) -> bool:
    """Would an agent read this answer again before it is seen?"""
    if offer is None or offer.status == OfferStatus.DRAFT or offer.company.is_trusted:
        return False
    return step.slug in ("lieu", "metier", "taches", "duree")


def _page(request: HttpRequest, offer: Offer | None, step: Step, context: dict[str, Any]) -> HttpResponse:
    before = step_before(step)
    if offer is None:
        back = (reverse("immersions:company_offers"), "Vos offres")
    elif before is None or "retour" in request.GET or offer.status != OfferStatus.DRAFT:
        back = (reverse("immersions:company_offer", args=[offer.pk]), "L’offre entière")
    else:
        back = (reverse("immersions:offer_step", args=[offer.pk, before.slug]), before.label)
    is_draft = offer is None or offer.status == OfferStatus.DRAFT
    context |= {
        "offer": offer, "step": step, "total": len(STEPS), "back": back, "is_draft": is_draft,
        "is_read_again": _is_read_again(offer, step),
    }  # fmt: skip
    return render(request, f"immersions/offer_{step.slug}.html", context)
