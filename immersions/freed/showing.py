"""A place that is free again, in « À faire »."""

from django.db.models import Exists, OuterRef
from django.urls import reverse

from accounts.models import User
from candidates.models import CandidateQuerySet
from core.todo import Todo
from immersions.applications.words import slot_words
from immersions.freed.models import SlotWait

SHOWN = 5


def with_news(candidates: CandidateQuerySet) -> CandidateQuerySet:
    """Each with `has_news`: is a place free that they asked about?"""
    return candidates.annotate(has_news=Exists(SlotWait.objects.news().filter(candidate=OuterRef("pk"))))


def todos_of_candidate(user: User) -> list[Todo]:
    rows = SlotWait.objects.of(user).news().for_list().order_by("slot__first_day", "pk")
    return [
        Todo(
            what=f"Une place s’est libérée : {it.slot.offer.title}",
            why=f"{it.slot.offer.company.name}, {slot_words(it.slot)}. Elle n’est pas réservée.",
            url=f"{reverse('immersions:apply', args=[it.slot.offer_id, it.slot.offer.slug])}?creneau={it.slot_id}",
            label="La demander",
            due_on=it.slot.first_day,
        )
        for it in rows[:SHOWN]
    ]
