"""What each side must do about who accompanies whom, as their space shows it."""

from django.db.models import Exists, OuterRef
from django.urls import reverse

from accounts.models import User
from candidates.models import Candidate
from candidates.structures.models import Following, SupportStructure
from core.todo import Todo
from territories.models import AgentTask

SHOWN = 20  # A space shows the most urgent; the list of people has them all.


def has_said_who(candidate: Candidate) -> bool:
    """Has the question « Qui vous accompagne ? » an answer, or somebody who looks for one?"""
    if Following.objects.live().filter(candidate=candidate).exists():
        return True
    return AgentTask.objects.open().filter(unique_key=f"candidate/{candidate.pk}/no_structure").exists()


def todos_of_candidate(candidate: Candidate) -> list[Todo]:
    """Never in the way of anything else: one may always apply."""
    if has_said_who(candidate):
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
    """People whom a structure of `user` must answer, the oldest first."""
    return list(Following.objects.seen_by(user).waiting().for_list()[:SHOWN])
