"""What this alcove keeps about a person (see core.personal_data)."""

from typing import Any

from accounts.models import User
from commitments.followups.models import FollowUp, FollowUpAnswer
from commitments.followups.workflow import GIVE_UP
from core.tokens import new_token
from core.workflow import SYSTEM, apply
from territories.actions import forget_agent_tasks


def export_follow_ups(user: User) -> list[dict[str, Any]]:
    """Every answer, whoever gave it."""
    rows = FollowUp.objects.of(user).for_list().prefetch_related("answers").order_by("pk")
    return [
        {
            "projet": f"{it.commitment.promise.job_title}, {it.commitment.company.name}",
            "moment": it.get_moment_display(),
            "le": it.due_on.isoformat(),
            "état": it.get_status_display(),
            "réponses": [
                {
                    "dit par": answer.get_said_by_display(),
                    "le": answer.said_at.isoformat(),
                    "situation": answer.get_situation_display(),
                    "satisfaction": answer.get_satisfaction_display() or "",
                    "referait ce choix de métier": answer.get_same_trade_display(),
                    "referait ce choix de formation": answer.get_same_training_display(),
                }
                for answer in it.answers.all()
            ],
        }
        for it in rows
    ]


def erase_follow_ups(user: User) -> None:
    """Nobody is asked any more; what is known is counted without the person, and links open nothing."""
    for row in FollowUp.objects.of(user).filter(status__in=GIVE_UP.sources).select_for_update(of=("self",)):
        apply(GIVE_UP, row, role=SYSTEM, by=None)
    for row in FollowUp.objects.of(user):
        FollowUp.objects.filter(pk=row.pk).update(token=new_token())
        forget_agent_tasks(f"followup/{row.pk}/")
    FollowUpAnswer.objects.filter(follow_up__commitment__candidate__user=user, user=user).update(user=None)
