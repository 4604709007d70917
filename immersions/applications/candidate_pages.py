"""The candidate's side: asking, following, answering, withdrawing."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Membership, User
from accounts.roles import CANDIDATE
from candidates.models import Candidate
from candidates.structures.models import Following
from candidates.structures.todo import has_said_who
from core.early import turned_back
from core.rules import RuleBroken
from core.workflow import why_not
from immersions.applications import actions, emails, standing
from immersions.applications.alternatives import alternatives_to
from immersions.applications.calendar import PUBLISH, ics_of
from immersions.applications.forms import ApplyForm, TextForm, WithdrawForm
from immersions.applications.models import Application
from immersions.applications.profile import complete_profile, missing_of
from immersions.applications.seen import number_of
from immersions.applications.words import day_words, thing_words
from immersions.applications.workflow import LIVE, WITHDRAW
from immersions.appointments.showing import shown as appointment_of
from immersions.dates.showing import dates_of
from immersions.offers import notice
from immersions.offers.models import DateMode, Offer
from immersions.offers.workflow import OfferStatus

page = require_http_methods(["GET", "HEAD", "POST"])
MOST_FOLLOWED = 100
NOBODY_ELSE = (
    "Près de chez vous, personne d’autre n’accueille pour ce métier aujourd’hui. Regardez plus loin."
)
KEPT = "asked_before_login"


@login_not_required
@page
def apply(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """« Demander cette immersion »: dates, three questions, and what the profile lacks."""
    offer = get_object_or_404(Offer.objects.was_public().for_page(), pk=pk)
    candidate = _candidate_of(request.user)
    if obstacle := _obstacle(request.user, offer, candidate):
        return render(request, "immersions/apply_impossible.html", {"offer": offer, **obstacle})
    if not request.user.is_authenticated:
        return _ask_who(request, offer)
    if mine := Application.objects.of(request.user).filter(offer=offer, status__in=LIVE).first():
        messages.info(request, "Vous avez déjà une candidature en cours sur cette offre.")
        return redirect("immersions:my_application", mine.pk)
    form = _apply_form(request, offer, candidate)
    if request.method == "POST" and form.is_valid():
        try:
            application = _submit(offer, request.user, form)
        except RuleBroken as refusal:
            form.add_error(None, refusal)
        else:
            request.session.pop(KEPT, None)
            return redirect("immersions:application_sent", application.pk)
    context = {"offer": offer, "form": form, "thing": thing_words(offer).lower()}
    return render(request, "immersions/apply.html", context)


@transaction.atomic
def _submit(offer: Offer, user: User, form: ApplyForm) -> Application:
    offer.lock()  # Before the candidate's row, as everywhere (see actions): nobody waits in a circle.
    candidate = complete_profile(user, form.missing_answers())
    return actions.submit_application(offer, candidate=candidate, by=user, **form.answers())


def _candidate_of(user: Any) -> Candidate | None:
    if not user.is_authenticated:
        return None
    return Candidate.objects.of(user).select_related("user", "commune").first()


def _obstacle(user: Any, offer: Offer, candidate: Candidate | None) -> dict[str, Any]:
    """Why this person cannot ask for this offer, in a title and a sentence; or nothing."""
    if user.is_authenticated and candidate is None and _is_professional(user):
        return _for_a_professional(user, offer)
    is_full = offer.date_mode == DateMode.SLOTS and not notice.open_slots(offer).exists()
    if offer.status != OfferStatus.PUBLISHED:
        title, text = "Cette offre ne reçoit plus de candidatures", ""
    elif is_full:
        title, text = "Cette offre est complète", "Il n’y a plus de créneau libre."
    else:
        return {}
    ways = alternatives_to(offer, candidate)
    elsewhere = "D’autres entreprises accueillent pour ce métier." if ways else NOBODY_ELSE
    may_wait = is_full and offer.status == OfferStatus.PUBLISHED
    text = f"{text} {elsewhere}".strip()
    return {"title": title, "text": text, "alternatives": ways, "is_full": may_wait}


def _for_a_professional(user: User, offer: Offer) -> dict[str, Any]:
    """An advisor prepares it for somebody; the others see why they cannot ask."""
    people = Following.objects.seen_by(user).followed().for_list()
    is_open = offer.status == OfferStatus.PUBLISHED
    followed = list(people.order_by("candidate__user__last_name", "pk")[:MOST_FOLLOWED]) if is_open else []
    title = "Ce compte est celui d’une entreprise ou d’un agent"
    text = "Pour demander une immersion, inscrivez-vous avec votre adresse personnelle."
    if followed:
        title = "Préparer cette candidature"
        text = "Choisissez pour qui, parmi les personnes que vous accompagnez."
    return {"title": title, "text": text, "alternatives": [], "followed": followed}


def _is_professional(user: User) -> bool:
    return user.is_staff or Membership.objects.active().filter(user=user).exists()


def _ask_who(request: HttpRequest, offer: Offer) -> HttpResponse:
    """A visitor: the dates go along in the address, what was typed waits in the session."""
    back = request.get_full_path()
    if request.method == "POST":
        chosen = {name: request.POST.getlist(name) for name in ("creneau", "semaine")}
        back = f"{request.path}?{urlencode(chosen, doseq=True)}"
        typed = {name: request.POST.get(name, "")[:600] for name in ApplyForm.QUESTIONS}
        request.session[KEPT] = {"offer": offer.pk, "typed": typed}
    context = {
        "offer": offer,
        "signup": f"{reverse('account_signup_email')}?{urlencode({'qui': 'candidate', 'next': back})}",
        "login": f"{reverse('account_login')}?{urlencode({'next': back})}",
        "thing": thing_words(offer).lower(),
    }
    return render(request, "immersions/apply_who.html", context)


def _apply_form(request: HttpRequest, offer: Offer, candidate: Candidate | None) -> ApplyForm:
    missing = missing_of(request.user, candidate)
    if request.method == "POST":
        return ApplyForm(request.POST, offer=offer, missing=missing)
    user = request.user
    initial: dict[str, Any] = {"first_name": user.first_name, "last_name": user.last_name}
    kept = request.session.get(KEPT, {})
    if kept.get("offer") == offer.pk:
        initial |= kept["typed"]
    return ApplyForm(initial=initial | _chosen(request.GET), offer=offer, missing=missing)


def _chosen(query: QueryDict) -> dict[str, list[str]]:
    """The dates chosen on the offer's page; what is not a date of this offer is simply not ticked."""
    slots = [number_of(value) for value in query.getlist("creneau")]
    slots = [value for value in slots if value.isascii() and value.isdigit()]
    return {"creneau": slots, "semaine": query.getlist("semaine")}


@require_safe
def my_applications(request: HttpRequest) -> HttpResponse:
    """« Mes candidatures », what lives first."""
    get_object_or_404(Candidate, user=request.user)
    applications = list(Application.objects.of(request.user).for_list())
    lines = [(it, standing.for_candidate(it)) for it in applications]
    context = {
        "live": [line for line in lines if line[0].status in LIVE],
        "past": [line for line in lines if line[0].status not in LIVE],
    }
    return render(request, "immersions/applications.html", context)


def _mine(request: HttpRequest, pk: int) -> Application:
    return get_object_or_404(Application.objects.of(request.user).for_page(), pk=pk)


@require_safe
def application_sent(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt: what happens next."""
    application = _mine(request, pk)
    return render(
        request,
        "immersions/application_sent.html",
        {
            "application": application,
            "next": _what_next(application),
            "ask_who": not has_said_who(application.candidate),
        },
    )


def _what_next(application: Application) -> list[str]:
    company = application.offer.company.name
    if application.holds_places:
        return [
            "Vous recevez un e-mail avec les dates à ajouter à votre agenda.",
            f"{company} reçoit votre nom et votre téléphone.",
            "Un empêchement ? Prévenez depuis la page de votre candidature.",
        ]
    return [
        f"{company} lit votre candidature et vous répond avant le {day_words(application.answer_due_on)}.",
        "Vous recevez chaque nouvelle par e-mail, et vous la retrouvez dans votre espace.",
        "Sans réponse à cette date, nous vous proposons d’autres immersions. Personne n’attend sans fin.",
    ]


@require_safe
def my_application(request: HttpRequest, pk: int) -> HttpResponse:
    """Where it stands, who must act and by when, and what happened so far."""
    application = _mine(request, pk)
    ended_badly = application.status in ("declined", "cancelled", "expired")
    context = {
        "application": application,
        "offer": application.offer,
        "agreement": application.agreements.live().with_channel().first(),
        "standing": standing.for_candidate(application),
        "history": standing.history_of(application, is_company=False),
        "path": standing.path_of(application),
        "wishes": emails.wishes_of(application),
        "answers": emails.answers_of(application),
        "shown": appointment_of(application),
        "dates": dates_of(application, side=CANDIDATE),
        "can_withdraw": WITHDRAW.is_possible_from(application.status),
        "is_full": standing.is_full(application),
        "alternatives": _ways_on(application) if ended_badly else [],
    }
    return render(request, "immersions/application.html", context)


def _ways_on(application: Application) -> list[Offer]:
    return alternatives_to(application.offer, application.candidate, elsewhere=True)


@page
def application_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """« Je renonce » : a reason, and it is done."""
    application = _mine(request, pk)
    home = reverse("immersions:my_application", args=[pk])
    if too_late := turned_back(request, why_not(WITHDRAW, application, role=CANDIDATE), to=home):
        return too_late
    form = WithdrawForm(posted(request))
    if form.is_valid():
        try:
            actions.withdraw_application(application, by=request.user, **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(
                request, "C’est noté : votre candidature est retirée, l’entreprise est prévenue."
            )
            return redirect(home)
    return render(request, "immersions/application_withdraw.html", {"application": application, "form": form})


@page
def application_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The company's question, and a box for the answer."""
    application = _mine(request, pk)
    question = application.open_question
    if question is None and request.method != "POST":
        messages.info(request, "Aucune question n’attend de réponse.")
        return redirect("immersions:my_application", pk)
    words = {
        "label": question.text if question else "Votre réponse",
        "hint": "Quelques mots suffisent. Rien sur votre santé.",
        "empty": "Écrivez votre réponse.",
    }
    form = TextForm(posted(request), **words)
    if form.is_valid():
        try:
            actions.answer_question(application, by=request.user, text=form.cleaned_data["text"])
        except RuleBroken as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "Réponse envoyée. À l’entreprise de décider.")
            return redirect("immersions:my_application", pk)
    return render(request, "immersions/application_answer.html", {"application": application, "form": form})


@require_safe
def application_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The dates for one's calendar; only while a place is held."""
    return calendar_file(get_object_or_404(Application.objects.of(request.user).with_a_place(), pk=pk))


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to; an empty answer is an answer."""
    return request.POST if request.method == "POST" else None


def calendar_file(application: Application) -> HttpResponse:
    content = ics_of(application, application.slots, method=PUBLISH)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="immersion.ics"'
    return response
