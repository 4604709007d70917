"""The spaces of candidates, companies, advisors and training organisations: each opens on « À faire ».

They gather the to-dos that the rooms know; a new room adds its own here.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candidates.models import Candidate
from candidates.structures import todo as structures
from candidates.structures.models import Following
from commitments.courses import todo as courses
from commitments.parcours import ahead
from commitments.parcours.lines import Path
from commitments.seats import todo as seats
from commitments.seats.models import SeatRequest
from companies.models import Company
from core.todo import Todo, gathered, in_order
from immersions.applications import standing, todo
from immersions.freed import showing as freed
from immersions.offers.models import Offer
from immersions.offers.queries import OfferQuerySet
from immersions.offers.workflow import OfferStatus
from immersions.prepared import showing as prepared
from immersions.stays import todo as stays
from trainings.organisations import figures, queries
from trainings.organisations import todo as organisations
from trainings.organisations.mine import FIELD
from trainings.organisations.showing import SessionLine
from traitdunion import due

DRAFTS_SHOWN = 5
SESSIONS_SHOWN = 4


@require_safe
def candidate_space(request: HttpRequest) -> HttpResponse:
    """One thing at a time; when there is nothing to do, ways on."""
    mine = Candidate.objects.of(request.user).select_related("user", "commune")
    mine = ahead.with_path(freed.with_news(prepared.with_prepared(structures.with_answer(mine))))
    candidate = get_object_or_404(mine)
    applications = todo.live_of_candidate(request.user)
    todos = in_order(
        todo.todos_of_candidate(applications)
        + stays.todos_of_candidate(request.user, applications)
        + gathered(request.user, due.OF_CANDIDATE)
        + (prepared.todos_of_candidate(request.user) if candidate.has_prepared else [])
    )
    if candidate.has_news:
        todos = in_order(todos + freed.todos_of_candidate(request.user))
    if not candidate.is_ready_to_apply:
        todos.append(_profile_todo(candidate))
    if applications:
        todos += structures.todos_of_candidate(candidate)
    path = Path(candidate) if candidate.has_path else None
    waiting = [it for it in applications if it.status == "submitted" and not it.open_question]
    context = {
        "todos": todos,
        "upcoming": todo.upcoming(applications),
        "waiting": [(it, standing.for_candidate(it)) for it in waiting],
        "ahead": ahead.ahead_of(path) if path else [],
        "my_pages": ahead.pages_of(path) if path else [],
        "has_applied": candidate.has_applied or candidate.has_path,
    }
    return render(request, "spaces/candidate.html", context)


def _profile_todo(candidate: Candidate) -> Todo:
    return Todo(
        what="Complétez votre profil",
        why=f"Pour demander une immersion, il manque : {', '.join(candidate.missing_to_apply())}.",
        url=reverse("candidate_profile"),
        label="Compléter",
    )


@require_safe
def company_space(request: HttpRequest) -> HttpResponse:
    """Who waits for an answer, the oldest deadline first; offers to complete; who comes next."""
    companies = todo.companies_of(request.user)
    if not companies:
        raise Http404
    applications = todo.live_of_company(request.user)
    offers = Offer.objects.managed_by(request.user)
    todos = in_order(
        todo.todos_of_company(applications)
        + stays.todos_of_company(request.user)
        + gathered(request.user, due.OF_COMPANY)
    )
    todos += _name(request.user) + _colleagues(companies) + _drafts(offers)
    context = {
        "todos": todos,
        "upcoming": todo.upcoming(applications),
        "asked": [it for it in applications if it.status == "submitted" and it.open_question],
        "published": not todos and offers.open().exists(),
        **todo.hidden_from(request.user, companies),
    }
    return render(request, "spaces/company.html", context)


@require_safe
def advisor_space(request: HttpRequest) -> HttpResponse:
    """Who turns to one's structures, the oldest first; one click answers."""
    mine = structures.structures_of(request.user)
    if not mine:
        raise Http404
    waiting = structures.waiting_of(request.user)
    unconfirmed = [structure for structure in mine if not structure.is_confirmed]
    todos = in_order(gathered(request.user, due.OF_ADVISOR)) + _name(request.user)
    context = {
        "todos": todos,
        "waiting": waiting,
        "todo_count": len(todos) + len(waiting),
        "followed": Following.objects.seen_by(request.user).followed().count(),
        "unconfirmed": unconfirmed,
        "hidden": Following.objects.hidden_from(request.user).count() if unconfirmed else 0,
    }
    return render(request, "spaces/advisor.html", context)


@require_safe
def organisation_space(request: HttpRequest) -> HttpResponse:
    """What must be said of one's sessions, and who waits for an answer."""
    mine = organisations.organisations_of(request.user)
    if not mine:
        raise Http404
    todos = in_order(
        seats.todos_of_organisation(request.user)
        + courses.todos_of_organisation(request.user)
        + organisations.todos_of_organisation(request.user, mine)
        + gathered(request.user, due.OF_ORGANISATION)
        + _name(request.user)
    )
    unconfirmed = [it for it in mine if not it.is_confirmed]
    sessions = queries.for_space(queries.sessions_managed_by(request.user)).current()
    next_ones = figures.with_figures(queries.when(sessions, "a-venir"))[:SESSIONS_SHOWN]
    context = {
        "todos": todos,
        "unconfirmed": unconfirmed,
        "hidden": SeatRequest.objects.to_answer().to_organisations(unconfirmed).count() if unconfirmed else 0,
        "field": FIELD,
        "upcoming": [SessionLine(session) for session in next_ones],
    }
    return render(request, "spaces/organisation.html", context)


def _name(user: Any) -> list[Todo]:
    """Whoever answers people has a name: « Votre contact : Claire Roux », not an address."""
    if user.get_full_name():
        return []
    return [
        Todo(
            what="Dites votre nom",
            why="Vos collègues, et les personnes à qui vous répondez, ne lisent encore que votre adresse.",
            url=reverse("accounts:name"),
            label="Dire mon nom",
        )
    ]


def _colleagues(companies: list[Company]) -> list[Todo]:
    """Who asks to join waits for a manager's answer; one line for each company."""
    return [
        Todo(
            what=f"Une personne demande à rejoindre {company.name}",
            why="Dites si vous la connaissez : jusque-là, rien ne s’ouvre pour elle.",
            url=f"{reverse('companies:members')}?entreprise={company.pk}",
            label="Répondre",
        )
        for company in companies
        if company.is_asked
    ]


def _drafts(offers: OfferQuerySet) -> list[Todo]:
    drafts = offers.filter(status=OfferStatus.DRAFT).order_by("-status_since", "-pk")
    return [
        Todo(
            what=f"Terminez votre offre : {draft.title}" if draft.title else "Terminez votre offre",
            why="Elle est enregistrée, pas encore envoyée.",
            url=reverse("immersions:company_offer", args=[draft.pk]),
            label="Reprendre",
        )
        for draft in drafts[:DRAFTS_SHOWN]
    ]
