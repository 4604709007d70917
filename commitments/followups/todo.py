"""« Où en êtes-vous ? » on the dashboards: the person's, with what their contract asks, in one query; their
advisor's after two reminders.
"""

import datetime as dt

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import CANDIDATE
from commitments.contracts.todo import WAITING, todo_of, with_what_waits
from commitments.followups.emails import when_words
from commitments.followups.models import FollowUp
from commitments.projects.models import Commitment
from core.todo import Todo
from territories.delays import wait_in

SHOWN = 20


def todos_of_candidate(user: User) -> list[Todo]:
    """A document, a yes, a contract to confirm; the last question that was asked."""
    asked = FollowUp.objects.asked().filter(commitment=OuterRef("pk")).order_by("-due_on")
    mine = Commitment.objects.of(user).filter(WAITING | Exists(asked))
    rows = with_what_waits(mine).annotate(
        asked_moment=Subquery(asked.values("moment")[:1]),
        asked_since=Subquery(asked.values("waiting_since")[:1]),
    )
    found = [todo for it in rows.order_by("-pk")[:SHOWN] for todo in (todo_of(it, CANDIDATE), _where_now(it))]
    return [todo for todo in found if todo]


def _where_now(it: Commitment) -> Todo | None:
    moment = it.asked_moment  # type: ignore[attr-defined]
    if not moment:
        return None
    since = timezone.localdate(it.asked_since)  # type: ignore[attr-defined]
    return Todo(
        what="Où en êtes-vous ?",
        why=f"{when_words(FollowUp(commitment=it, moment=moment))} : votre projet avec {it.company.name}.",
        by="un clic suffit",
        url=reverse("commitments:follow_up", args=[it.pk, moment]),
        label="Répondre",
        due_on=since + dt.timedelta(days=wait_in(it.department_code, "follow_up").end or 0),
    )


def todos_of_advisor(user: User) -> list[Todo]:
    rows = FollowUp.objects.followed_by(user).escalated().for_list().order_by("waiting_since", "pk")
    return [
        Todo(
            what=f"Où en est {row.commitment.candidate.user.get_full_name()} ?",
            why=f"{row.get_moment_display()} : pas de réponse à deux rappels.",
            url=reverse("commitments:follow_up", args=[row.commitment_id, row.moment]),
            label="Dire où en est la personne",
            due_on=timezone.localdate(row.waiting_since),
        )
        for row in rows[:SHOWN]
    ]
