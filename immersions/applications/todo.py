"""What each side must do about its applications: everything that a message says stands here too."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse

from accounts.models import Membership, User
from companies.models import Company
from core import french
from core.todo import Todo
from immersions.applications import standing
from immersions.applications.models import Application
from immersions.applications.words import day_words, thing_words
from immersions.applications.workflow import LIVE, ApplicationStatus

SHOWN = 20  # A space shows the most urgent; the list of applications has them all.


def live_of_candidate(user: User) -> list[Application]:
    return list(Application.objects.of(user).filter(status__in=LIVE).for_list()[:SHOWN])


def todos_of_candidate(applications: list[Application]) -> list[Todo]:
    """Answer a question; choose elsewhere when what one wished is full."""
    todos = []
    for application in applications:
        if application.open_question:
            todos.append(_to_answer(application))
        elif standing.is_full(application):
            todos.append(_is_full(application))
    return todos


def _to_answer(application: Application) -> Todo:
    due = application.answer_due_on
    return Todo(
        what=f"Répondez à {application.offer.company.name}",
        why=f"« {application.open_question.text} »",
        by=f"avant le {day_words(due)}",
        url=reverse("immersions:application_answer", args=[application.pk]),
        label="Répondre",
        due_on=due,
    )


def _is_full(application: Application) -> Todo:
    return Todo(
        what=f"{application.offer.company.name} : les créneaux choisis sont complets",
        why="L’entreprise peut encore vous en proposer un autre. Regardez aussi ailleurs, sans attendre.",
        url=f"{reverse('immersions:offers')}?metier={application.offer.occupation_id or ''}",
        label="Chercher ailleurs",
        due_on=application.answer_due_on,
    )


def companies_of(user: User) -> list[Company]:
    """The companies of `user`; `is_confirmed` says where they may read about people, `is_asked`
    where somebody who wants to join waits for their answer.
    """
    trusted = Company.objects.trusting(user).filter(pk=OuterRef("pk"))
    managing = Membership.objects.managing(user).filter(organisation=OuterRef("organisation"))
    asking = Membership.objects.asking().filter(organisation=OuterRef("organisation"))
    companies = Company.objects.managed_by(user).annotate(
        is_confirmed=Exists(trusted), is_asked=Exists(managing) & Exists(asking)
    )
    return list(companies.order_by("name", "pk"))


def hidden_from(user: User, companies: list[Any]) -> dict[str, Any]:
    """What `spaces/unconfirmed.html` says: where one is not confirmed yet, and how many wait."""
    unconfirmed = [company for company in companies if not company.is_confirmed]
    count = Application.objects.hidden_from(user).count() if unconfirmed else 0
    return {"unconfirmed": unconfirmed, "hidden": count}


def live_of_company(user: User) -> list[Application]:
    """What waits for an answer, oldest deadline first, then who comes next."""
    mine = Application.objects.received_by(user)
    shown = mine.filter(status__in=LIVE).order_by("waiting_since", "pk")
    return list(shown.for_dashboard()[: SHOWN * 5])


def todos_of_company(applications: list[Application]) -> list[Todo]:
    waiting = [it for it in applications if it.status == ApplicationStatus.SUBMITTED]
    return [_to_decide(application) for application in waiting if not application.open_question]


def _to_decide(application: Application) -> Todo:
    name, due = application.candidate.user.first_name, application.answer_due_on
    answered = any(question.answered_at for question in application.questions.all())
    what = f"{name} a répondu à votre question" if answered else f"Répondez à {name}"
    sent = french.day(application.submitted_on)
    return Todo(
        what=what,
        why=f"{application.offer.title}, {application.offer.commune.name} · reçue le {sent}",
        by=f"avant le {day_words(due)}",
        url=reverse("immersions:received_application", args=[application.pk]),
        label="Lire et répondre",
        due_on=due,
    )


def upcoming(applications: list[Application]) -> list[dict[str, object]]:
    """Who has a place, the nearest date first, as lines of a list."""
    booked = [it for it in applications if it.holds_places and it.slots]
    booked.sort(key=lambda it: (it.slots[0].first_day, it.pk))
    return [{"application": it, "slots": it.slots, "thing": thing_words(it.offer)} for it in booked[:SHOWN]]
