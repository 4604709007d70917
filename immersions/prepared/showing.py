"""What waits for the person, and what the advisor reads of it."""

from django.db.models import Exists, OuterRef
from django.urls import reverse

from accounts.models import User
from candidates.models import Candidate, CandidateQuerySet
from candidates.structures.activity import Line
from core.todo import Todo
from immersions.applications.words import day_words
from immersions.prepared.models import PreparedApplication
from immersions.prepared.workflow import PreparedStatus

SHOWN = 20


def with_prepared(candidates: CandidateQuerySet) -> CandidateQuerySet:
    """Each with `has_prepared`: does an application wait for them to send it?"""
    waiting = PreparedApplication.objects.waiting().filter(candidate=OuterRef("pk"))
    return candidates.annotate(has_prepared=Exists(waiting))


def todos_of_candidate(user: User) -> list[Todo]:
    waiting = PreparedApplication.objects.of(user).waiting().for_page()[:SHOWN]
    return [
        Todo(
            what=f"Une candidature est prête : {it.offer.title}",
            why=f"{it.prepared_by.get_full_name()} l’a préparée pour vous chez {it.offer.company.name}. "
            "Rien n’est envoyé sans vous.",
            by=f"au plus tard le {day_words(it.confirm_by)}",
            url=reverse("immersions:prepared", args=[it.pk]),
            label="Lire et envoyer",
            due_on=it.confirm_by,
        )
        for it in waiting
    ]


def lines_of(candidate: Candidate) -> list[Line]:
    """For the advisor: what is not an application yet."""
    rows = PreparedApplication.objects.filter(candidate=candidate).for_page()
    return [
        Line(
            title=it.offer.title,
            where=f"{it.offer.company.name}, {it.offer.commune.name}",
            status=it.get_status_display(),
            when=f"jusqu’au {day_words(it.confirm_by)}" if it.status == PreparedStatus.WAITING else "",
            url=reverse("immersions:prepared_for", args=[it.pk]),
        )
        for it in rows.exclude(status=PreparedStatus.CONFIRMED)[:SHOWN]
    ]
