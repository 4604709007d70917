"""What an organisation must say about itself and its sessions, as its space shows it."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from accounts.models import Membership, User
from core.french import counted
from core.todo import Todo
from trainings.models import Session, TrainingOrganisation
from trainings.organisations import queries
from trainings.organisations.mine import FIELD

MOVED_SHOWN = 3


def organisations_of(user: User) -> list[Any]:
    """Those of `user`: `is_confirmed` says where they may speak, `is_asked` where they must answer a
    colleague.
    """
    trusted = TrainingOrganisation.objects.trusting(user).filter(pk=OuterRef("pk"))
    managed = Membership.objects.managing(user).filter(organisation=OuterRef("organisation"))
    asking = Membership.objects.asking().filter(organisation=OuterRef("organisation"))
    mine = TrainingOrganisation.objects.managed_by(user).annotate(
        is_confirmed=Exists(trusted), is_asked=Exists(managed) & Exists(asking)
    )
    return list(mine.order_by("name", "pk"))


def todos_of_organisation(user: User, mine: list[Any]) -> list[Todo]:
    """For organisations read by `organisations_of`. Who is not verified has only that to do."""
    todos = [_colleague(it) for it in mine if it.is_asked]
    if not any(it.is_confirmed for it in mine):
        return todos
    sessions = queries.sessions_spoken_for_by(user)
    moved = queries.when(queries.for_space(queries.with_periods_outside(sessions)), "a-venir")
    todos += [_moved(session) for session in moved[:MOVED_SHOWN]]
    todos += [_address(it) for it in mine if it.is_confirmed and not it.requests_email]
    return todos + _unsaid(sessions)


def _moved(session: Session) -> Todo:
    return Todo(
        what=f"Revoyez les périodes en entreprise : {session.action.training.title}",
        why=f"La session a changé de dates ({session.dates}) : une période en sort.",
        url=reverse("organisations:periods", args=[session.pk]),
        label="Corriger",
    )


def _unsaid(sessions: QuerySet[Session]) -> list[Todo]:
    page = reverse("organisations:sessions")
    seats, periods = queries.without_seats(sessions).count(), queries.without_periods(sessions).count()
    todos = []
    if seats:
        todos.append(
            Todo(
                what=f"Dites les places de {counted(seats, 'session')}",
                why="Sans ce chiffre, une personne prête à s’engager ne sait pas s’il reste une place.",
                url=f"{page}?manque=places",
                label="Voir ces sessions",
            )
        )
    if periods:
        todos.append(
            Todo(
                what=f"Dites les périodes en entreprise de {counted(periods, 'session')}",
                why="L’entreprise qui promet l’embauche accueille le stage : elle a besoin des dates.",
                url=f"{page}?manque=periodes",
                label="Voir ces sessions",
            )
        )
    return todos


def _colleague(organisation: TrainingOrganisation) -> Todo:
    return Todo(
        what=f"Une personne demande à rejoindre {organisation.name}",
        why="Dites si vous la connaissez : jusque-là, rien ne s’ouvre pour elle.",
        url=f"{reverse('organisations:members')}?{FIELD}={organisation.pk}",
        label="Répondre",
    )


def _address(organisation: TrainingOrganisation) -> Todo:
    return Todo(
        what="Dites où vous écrire pour une place",
        why=f"Les demandes pour {organisation.name} partent à cette adresse, en plus de cet espace.",
        url=f"{reverse('organisations:sheet')}?{FIELD}={organisation.pk}",
        label="Compléter",
    )
