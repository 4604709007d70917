"""What each side must do from the training's end to the contract. One query each."""

import datetime as dt

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from commitments.contracts.emails import answer_by
from commitments.contracts.models import ConditionCheck, Contract
from commitments.contracts.workflow import CONTRACT_WORKFLOW, ContractStatus
from commitments.projects.models import Commitment
from commitments.projects.workflow import CommitmentStatus
from core import french
from core.todo import Todo

SHOWN = 20
S = CommitmentStatus


def todos_of_candidate(user: User) -> list[Todo]:
    """A document, a yes, a contract to confirm."""
    mine = Commitment.objects.of(user)
    declared = Contract.objects.to_confirm().filter(commitment__candidate__user=user)
    return [
        *_documents(mine),
        *(_answer(it) for it in mine.filter(status=S.TO_CONFIRM).for_list()[:SHOWN]),
        *(_confirm(it) for it in declared.select_related("commitment__company")[:SHOWN]),
    ]


def todos_of_company(user: User) -> list[Todo]:
    """A document, a contract to give."""
    mine = Commitment.objects.of_companies(user)
    given = Contract.objects.filter(commitment=OuterRef("pk"), status=ContractStatus.DECLARED)
    waiting = mine.filter(~Exists(given), status=S.ACCEPTED).for_list().order_by("waiting_since", "pk")
    return [*_documents(mine), *(_give(it) for it in waiting[:SHOWN])]


def _documents(commitments: QuerySet) -> list[Todo]:
    asked = ConditionCheck.objects.filter(commitment=OuterRef("pk"), is_met=None)
    rows = commitments.filter(Exists(asked), status=S.TRAINED).for_list()[:SHOWN]
    return [
        Todo(
            what=f"Un document à confirmer : {it.promise.job_title}, {it.company.name}",
            why="La formation est terminée ; il reste une condition que son résultat ne dit pas.",
            url=reverse("commitments:conditions", args=[it.pk]),
            label="Confirmer",
            due_on=timezone.localdate(it.waiting_since),
        )
        for it in rows
    ]


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


def _confirm(it: Contract) -> Todo:
    days = CONTRACT_WORKFLOW.wait(ContractStatus.DECLARED).end - 1
    last = timezone.localdate(it.waiting_since) + dt.timedelta(days=days)
    return Todo(
        what=f"Confirmez le contrat déclaré par {it.commitment.company.name}",
        why="Est-ce bien cela ? Sinon, dites-le.",
        by=f"avant le {french.day(last, weekday=True)}",
        url=reverse("commitments:contract", args=[it.commitment_id]),
        label="Lire et répondre",
        due_on=last,
    )


def _give(it: Commitment) -> Todo:
    return Todo(
        what=f"Donnez le contrat de {it.candidate.user.get_full_name()}",
        why=f"{it.promise.job_title} : la personne a dit oui.",
        by=f"embauche au plus tard le {french.day(it.starts_by, weekday=True)}" if it.starts_by else "",
        url=reverse("commitments:declare", args=[it.pk]),
        label="Donner le contrat",
        due_on=timezone.localdate(it.waiting_since),
    )
