"""What each party must do about its agreements: everything that a message says stands here too."""

from django.urls import reverse

from accounts.models import User
from accounts.roles import ADVISOR, CANDIDATE, COMPANY
from core import french
from core.todo import Todo
from immersions.agreements import showing, steps
from immersions.agreements.models import Agreement
from immersions.agreements.period import first_day_of
from immersions.agreements.queries import AgreementQuerySet
from immersions.agreements.workflow import AgreementStatus
from immersions.applications.words import day_words

SHOWN = 20


def todos_of_candidate(user: User) -> list[Todo]:
    return _todos(Agreement.objects.of(user), CANDIDATE)


def todos_of_company(user: User) -> list[Todo]:
    return _todos(Agreement.objects.of_companies(user), COMPANY)


def todos_of_advisor(user: User) -> list[Todo]:
    return _todos(Agreement.objects.of_structures(user), ADVISOR)


def _todos(agreements: AgreementQuerySet, party: str) -> list[Todo]:
    booked = agreements.to_do().filter(application__status="booked").order_by("opened_at", "pk")
    open_here = booked.for_page().filter(made_there=False)
    todos = (_todo(agreement, party) for agreement in open_here[:SHOWN])
    return [todo for todo in todos if todo]


def _todo(agreement: Agreement, party: str) -> Todo | None:
    if showing.waits_for(agreement, party):
        return _to_sign(agreement, party)
    if agreement.status == AgreementStatus.DRAFT:
        step = steps.next_step(agreement, party)
        if step and (party != ADVISOR or _others_are_done(agreement)):
            return _to_fill(agreement, step)
    return None


def _others_are_done(agreement: Agreement) -> bool:
    """An advisor is asked last: nothing is checked before there is something to check."""
    others = [step for party in (CANDIDATE, COMPANY) for step in steps.steps_of(agreement, party)]
    return all(steps.is_written(agreement, step) for step in others)


def _to_sign(agreement: Agreement, party: str) -> Todo:
    verb = "Validez" if party == ADVISOR else "Signez"
    is_last = agreement.status == AgreementStatus.SIGNED
    return Todo(
        what=f"{verb} la convention {_whose(agreement, party)}",
        why="Tous les autres ont signé." if is_last else "Le texte est prêt.",
        by=f"avant le {day_words(first_day_of(agreement))}, sinon l’immersion ne peut pas commencer",
        url=reverse("immersions:agreement", args=[agreement.pk]),
        label="Lire et valider" if party == ADVISOR else "Lire et signer",
        due_on=first_day_of(agreement),
    )


def _to_fill(agreement: Agreement, step: steps.Step) -> Todo:
    is_written = steps.is_written(agreement, step)
    return Todo(
        what=f"{'Corrigez' if is_written else 'Remplissez'} votre partie de la convention {_whose(agreement, step.party)}",
        why=f"{'À corriger' if is_written else 'Prochaine page'} : « {step.title} ».",
        by=f"avant le {day_words(first_day_of(agreement))}",
        url=reverse("immersions:agreement_fill", args=[agreement.pk, step.slug]),
        label="Corriger" if is_written else "Remplir",
        due_on=first_day_of(agreement),
    )


def _whose(agreement: Agreement, party: str) -> str:
    application = agreement.application
    if party == CANDIDATE:
        return f"avec {application.offer.company.name}"
    return french.of(application.candidate.user.get_full_name())
