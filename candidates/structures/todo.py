"""What each side must do about who accompanies whom, as their space shows it."""

from typing import Any

from django.db.models import Case, Exists, OuterRef, TextField, Value, When
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from accounts.models import User
from candidates.models import Candidate, CandidateQuerySet
from candidates.structures.models import Following, SupportStructure
from core.todo import Todo
from territories.models import AgentTask

SHOWN = 20  # A space shows the most urgent; the list of people has them all.


def with_answer(candidates: CandidateQuerySet) -> CandidateQuerySet:
    """Each with `has_answer`: does somebody accompany them, will somebody answer, or look for who?"""
    asked = Following.objects.live().filter(candidate=OuterRef("pk"))
    number = Cast(OuterRef("pk"), TextField())
    key = Concat(Value("candidate/"), number, Value("/no_structure"), output_field=TextField())
    sought = AgentTask.objects.open().filter(unique_key=key)
    return candidates.annotate(has_answer=Exists(asked) | Exists(sought))


def has_said_who(candidate: Candidate) -> bool:
    """Has the question « Qui vous accompagne ? » an answer?"""
    return with_answer(Candidate.objects.filter(pk=candidate.pk)).filter(has_answer=True).exists()


def todos_of_candidate(candidate: Any) -> list[Todo]:
    """For a candidate read `with_answer`. Never in the way of anything else: one may always apply."""
    if candidate.has_answer:
        return []
    return [
        Todo(
            what="Dites qui vous accompagne",
            why="France Travail, une mission locale… Votre convention d’immersion passera par cette structure.",
            url=reverse("structures:mine"),
            label="Répondre",
        )
    ]


def structures_of(user: User) -> list[SupportStructure]:
    """The structures of `user`; `is_confirmed` says where they may read about people."""
    trusted = SupportStructure.objects.trusting(user).filter(pk=OuterRef("pk"))
    structures = SupportStructure.objects.managed_by(user).annotate(is_confirmed=Exists(trusted))
    return list(structures.order_by("name", "pk"))


def waiting_of(user: User) -> list[Following]:
    """People whom a structure of `user` must answer: what a colleague passed on, then the oldest;
    what was passed on to another colleague comes last.
    """
    mine_first = Case(When(advisor=user, then=0), When(advisor=None, then=1), default=2)
    waiting = Following.objects.seen_by(user).waiting().for_list()
    return list(waiting.order_by(mine_first, "waiting_since", "pk")[:SHOWN])
