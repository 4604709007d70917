"""« Où en êtes-vous ? » on the dashboards: the person's; their advisor's after two reminders."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from commitments.followups.emails import when_words
from commitments.followups.models import FollowUp
from commitments.followups.workflow import FOLLOW_UP_WORKFLOW, FollowUpStatus
from core.todo import Todo

SHOWN = 20
STAYS = dt.timedelta(days=FOLLOW_UP_WORKFLOW.wait(FollowUpStatus.ASKED).end)


def todos_of_candidate(user: User) -> list[Todo]:
    return [
        Todo(
            what="Où en êtes-vous ?",
            why=f"{when_words(row)} : votre projet avec {row.commitment.company.name}.",
            by="un clic suffit",
            url=_url(row),
            label="Répondre",
            due_on=timezone.localdate(row.waiting_since) + STAYS,
        )
        for row in FollowUp.objects.of(user).asked().for_list()[:SHOWN]
    ]


def todos_of_advisor(user: User) -> list[Todo]:
    rows = FollowUp.objects.followed_by(user).escalated().for_list().order_by("waiting_since", "pk")
    return [
        Todo(
            what=f"Où en est {row.commitment.candidate.user.get_full_name()} ?",
            why=f"{row.get_moment_display()} : pas de réponse à deux rappels.",  # type: ignore[attr-defined]
            url=_url(row),
            label="Dire où en est la personne",
            due_on=timezone.localdate(row.waiting_since),
        )
        for row in rows[:SHOWN]
    ]


def _url(row: FollowUp) -> str:
    return reverse("commitments:follow_up", args=[row.commitment_id, row.moment])
