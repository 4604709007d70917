"""What each side must do from the training's end to the contract. One query for each space."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import CANDIDATE, COMPANY
from commitments.contracts.emails import answer_by, confirm_by
from commitments.contracts.models import ConditionCheck, Contract
from commitments.projects.models import Commitment
from commitments.projects.workflow import CommitmentStatus
from core import french
from core.todo import Todo

SHOWN = 20
S = CommitmentStatus
WAITING = Q(status__in=(S.TRAINED, S.TO_CONFIRM, S.ACCEPTED, S.CONDITIONS_UNMET))


def todos_of_company(user: User) -> list[Todo]:
    """A document, a contract to give."""
    mine = with_what_waits(Commitment.objects.of_companies(user).filter(WAITING))
    return [todo for it in mine.order_by("waiting_since", "pk")[:SHOWN] if (todo := todo_of(it, COMPANY))]


def with_what_waits(commitments: QuerySet) -> QuerySet:
    """With the document that is missing, and since when a declared contract waits."""
    asked = ConditionCheck.objects.filter(commitment=OuterRef("pk"), is_met=None)
    declared = Contract.objects.to_confirm().filter(commitment=OuterRef("pk"))
    disputed = Contract.objects.disputed().filter(commitment=OuterRef("pk"))
    return commitments.for_list().annotate(  # type: ignore[attr-defined]
        document_waits=Exists(asked),
        declared_since=Subquery(declared.values("waiting_since")[:1]),
        is_disputed=Exists(disputed),
    )


def todo_of(it: Commitment, side: str) -> Todo | None:
    """The one thing that this side owes to this project now."""
    declared_since = it.declared_since  # type: ignore[attr-defined]
    if it.status == S.TRAINED:
        return _document(it, side) if it.document_waits else None  # type: ignore[attr-defined]
    if side == CANDIDATE:
        if it.status == S.TO_CONFIRM:
            return _answer(it)
        return _confirm(it, declared_since) if declared_since else None
    if it.is_disputed:  # type: ignore[attr-defined]
        return _correct(it)
    return _give(it) if it.status == S.ACCEPTED and not declared_since else None


def _document(it: Commitment, side: str) -> Todo:
    whose = "votre contrat" if side == CANDIDATE else it.candidate.user.get_full_name()
    return Todo(
        what=f"Un document à confirmer pour {whose}",
        why="La formation est terminée ; il reste une condition que son résultat ne dit pas.",
        url=reverse("commitments:conditions", args=[it.pk]),
        label="Confirmer",
        due_on=timezone.localdate(it.waiting_since),
    )


def _answer(it: Commitment) -> Todo:
    last = answer_by(it)
    return Todo(
        what=f"Dites oui ou non au contrat de {it.company.name}",
        why=f"{it.promise.job_title} : les conditions sont remplies.",
        by=f"au plus tard le {french.day(last, weekday=True)}",
        url=reverse("commitments:answer", args=[it.pk]),
        label="Répondre",
        due_on=last,
    )


def _confirm(it: Commitment, since: dt.datetime) -> Todo:
    last = confirm_by(it, since)
    return Todo(
        what=f"Confirmez le contrat déclaré par {it.company.name}",
        why="Est-ce bien cela ? Sinon, dites-le.",
        by=f"au plus tard le {french.day(last, weekday=True)}",
        url=reverse("commitments:contract", args=[it.pk]),
        label="Lire et répondre",
        due_on=last,
    )


def _correct(it: Commitment) -> Todo:
    return Todo(
        what=f"Le contrat {french.of(it.candidate.user.get_full_name())} est contesté",
        why="Lisez les deux versions. Si c’est une erreur, déclarez-le à nouveau.",
        url=reverse("commitments:contract", args=[it.pk]),
        label="Lire les deux versions",
        due_on=timezone.localdate(it.waiting_since),
    )


def _give(it: Commitment) -> Todo:
    return Todo(
        what=f"Donnez le contrat {french.of(it.candidate.user.get_full_name())}",
        why=f"{it.promise.job_title} : la personne a dit oui.",
        by=f"embauche au plus tard le {french.day(it.starts_by, weekday=True)}" if it.starts_by else "",
        url=reverse("commitments:declare", args=[it.pk]),
        label="Donner le contrat",
        due_on=timezone.localdate(it.waiting_since),
    )
